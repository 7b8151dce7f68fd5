import { z } from 'zod'
import { reportSummary as summarise } from '../../kernel/reads/report/summary.ts'
import { reportSummary } from '../report-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { intent } from '../schemas.ts'
import type { Service } from '../service.ts'

export function reportRoutes({ kernel }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/reports/summary',
      summary:
        'Report how conversations ended, how long people were waited for, what it cost and what customers thought',
      tag: 'Reports',
      allow: ['supervisor'],
      query: z.strictObject({
        days: z
          .string()
          .regex(/^(?:[1-9]|[1-8]\d|90)$/, { error: 'Must be 1 to 90.' })
          .optional()
          .meta({ override: { type: 'integer', minimum: 1, maximum: 90, default: 14 } }),
        desk: z
          .string()
          .regex(/^[a-z0-9-]{1,64}$/)
          .optional(),
        intent: intent.optional(),
      }),
      responses: { 200: { description: 'The last days in UTC, today included', schema: reportSummary } },
      async handle({ query }) {
        const { desk, intent } = query
        return { status: 200, body: await summarise(kernel, { days: Number(query.days ?? 14), desk, intent }) }
      },
    }),
  ]
}
