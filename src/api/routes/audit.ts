import { z } from 'zod'
import { listAudit } from '../../kernel/reads/audit.ts'
import { verifyAudit } from '../../kernel/verify-audit.ts'
import { textFault } from '../middleware/json-tree.ts'
import { pageQuery, pageRequest } from '../inputs.ts'
import { noteListed } from '../note-access.ts'
import { defineRoute, type Route } from '../route.ts'
import { auditCheck, auditRow, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

const ANCHOR = /^(\d{1,15}):([0-9a-f]{64})$/

export function auditRoutes({ kernel }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/audit/verification',
      summary: 'Walk the chain of the audit log and say whether it holds',
      tag: 'Audit',
      allow: ['supervisor'],
      query: z.strictObject({
        anchor: z
          .string()
          .regex(ANCHOR)
          .optional()
          .meta({ description: 'A head noted before, `<position>:<hash>`; the chain must go through it' }),
      }),
      responses: { 200: { description: 'How far it holds', schema: auditCheck } },
      async handle({ query }) {
        const [, position, hash] = ANCHOR.exec(query.anchor ?? '') ?? []
        const anchor = hash === undefined ? undefined : { position: Number(position), hash }
        return { status: 200, body: await verifyAudit(kernel, anchor) }
      },
    }),
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
      async handle({ principal, query }) {
        await noteListed(kernel, principal, 'audit')
        const since = query.since === undefined ? undefined : new Date(query.since)
        const filter = { conversationId: query.conversation_id, actor: query.actor, since }
        return { status: 200, body: await listAudit(kernel, filter, pageRequest(query)) }
      },
    }),
  ]
}
