import { z } from 'zod'
import type { JsonObject } from '../../domain/json.ts'
import { decideApproval } from '../../kernel/decide-approval.ts'
import { findApproval, listApprovals } from '../../kernel/reads/approvals.ts'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { actorOf } from '../actor-of.ts'
import { approvalDecision, clientId, pageQuery, pageRequest } from '../inputs.ts'
import { maskedJson } from '../masked.ts'
import { noteListed, noteRead } from '../note-access.ts'
import { notFound } from '../problem.ts'
import { defineRoute, type Route } from '../route.ts'
import { approval, approvalState, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'Approvals'

export function approvalRoutes(service: Service): Route[] {
  return [list(service), one(service), decide(service)]
}

const list = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/approvals',
    summary: 'List writes that wait for a person, or waited',
    tag,
    allow: ['agent'],
    query: z.strictObject({ ...pageQuery, state: approvalState.optional(), conversation_id: clientId.optional() }),
    responses: { 200: { description: 'Oldest first; pending ones by default', schema: pageOf(approval) } },
    async handle({ principal, query }) {
      await noteListed(kernel, principal, 'approvals')
      const filter = { state: query.state ?? 'pending', conversationId: query.conversation_id }
      return { status: 200, body: await listApprovals(kernel, filter, pageRequest(query)) }
    },
  })

const one = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/approvals/{approval_id}',
    summary: 'One approval with its decisions',
    tag,
    allow: ['agent'],
    responses: { 200: { description: 'The approval', schema: approval } },
    async handle({ principal, param }) {
      const found = await findApproval(kernel, param('approval_id'))
      if (!found) throw notFound('approval')
      await noteRead(kernel, principal, found.conversation_id)
      return { status: 200, body: found }
    },
  })

const decide = ({ kernel, ringer, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/approvals/{approval_id}/decision',
    summary: 'Approve exactly what you saw, refuse it, or approve with changed arguments, which asks anew',
    tag,
    allow: ['agent'],
    body: approvalDecision,
    responses: {
      200: { description: 'The approval after it; of an edit the new one', schema: z.object({ approval }) },
    },
    async handle({ principal, param, body, idempotencyKey }) {
      const { outcome } = await decideApproval(kernel, {
        approvalId: param('approval_id'),
        person: { ...actorOf(principal), role: principal.role },
        decision: body.decision,
        digest: body.digest,
        reason: body.reason === undefined ? undefined : mask(body.reason).text,
        ...(body.arguments === undefined ? {} : { arguments: maskedJson(mask, body.arguments) as JsonObject }),
        by: 'api',
        commandId: idempotencyKey,
      })
      const row = await findConversation(kernel, outcome.conversation_id)
      if (row) ringer.ring(row, 'approvalDecided', { floor: row.floor })
      return { status: 200, body: { approval: outcome } }
    },
  })
