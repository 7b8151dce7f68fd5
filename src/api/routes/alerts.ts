import { z } from 'zod'
import { listAlerts } from '../../kernel/reads/alerts.ts'
import { pageQuery, pageRequest } from '../inputs.ts'
import { defineRoute, type Route } from '../route.ts'
import { alert, alertKind, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

export function alertRoutes({ kernel }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/alerts',
      summary: 'List what is stuck: conversations, turns, writes and handoffs that wait longer than they may',
      tag: 'Alerts',
      allow: ['agent'],
      query: z.strictObject({ ...pageQuery, kind: alertKind.optional() }),
      responses: { 200: { description: 'Longest first', schema: pageOf(alert) } },
      async handle({ query }) {
        return { status: 200, body: await listAlerts(kernel, { kind: query.kind }, pageRequest(query)) }
      },
    }),
  ]
}
