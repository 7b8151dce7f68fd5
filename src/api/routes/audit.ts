import { z } from 'zod'
import { listAudit } from '../../kernel/reads/audit.ts'
import { textFault } from '../middleware/json-tree.ts'
import { pageQuery, pageRequest } from '../inputs.ts'
import { defineRoute, type Route } from '../route.ts'
import { auditRow, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

export function auditRoutes({ kernel }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/audit',
      summary: 'Read who did what',
      tag: 'Audit',
      allow: ['supervisor'],
      query: z.strictObject({
        ...pageQuery,
        conversation_id: z
          .string()
          .regex(/^[A-Za-z0-9_-]{1,64}$/)
          .optional(),
        actor: z
          .string()
          .min(1)
          .max(255)
          .refine((value) => textFault(value) === null, { error: 'Must be well-formed text.' })
          .optional(),
        since: z.iso.datetime({ offset: true }).optional(),
      }),
      responses: { 200: { description: 'Newest first', schema: pageOf(auditRow) } },
      async handle({ query }) {
        const since = query.since === undefined ? undefined : new Date(query.since)
        const filter = { conversationId: query.conversation_id, actor: query.actor, since }
        return { status: 200, body: await listAudit(kernel, filter, pageRequest(query)) }
      },
    }),
  ]
}
