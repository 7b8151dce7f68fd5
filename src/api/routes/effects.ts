import { z } from 'zod'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { listEffects } from '../../kernel/reads/effects.ts'
import { ruleOnEffect } from '../../kernel/rule-on-effect.ts'
import { actorOf } from '../actor-of.ts'
import { pageQuery, pageRequest, ruling } from '../inputs.ts'
import { noteListed } from '../note-access.ts'
import { defineRoute, type Route } from '../route.ts'
import { effect, effectState, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'Writes to business systems'

export function effectRoutes(service: Service): Route[] {
  return [list(service), rule(service)]
}

const list = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/effects',
    summary: 'List writes, by default those whose outcome is unknown',
    tag,
    allow: ['agent'],
    query: z.strictObject({ ...pageQuery, state: effectState.optional() }),
    responses: { 200: { description: 'Oldest first', schema: pageOf(effect) } },
    async handle({ principal, query }) {
      await noteListed(kernel, principal, 'effects')
      const filter = { state: query.state ?? 'unknown' }
      return { status: 200, body: await listEffects(kernel, filter, pageRequest(query)) }
    },
  })

const rule = ({ kernel, ringer, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/effects/{effect_id}/ruling',
    summary: 'Rule on a write whose outcome is unknown',
    tag,
    allow: ['agent'],
    body: ruling,
    responses: { 200: { description: 'Ruled', schema: z.object({ effect }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const { outcome } = await ruleOnEffect(kernel, {
        effectId: param('effect_id'),
        person: actorOf(principal),
        outcome: body.outcome,
        note: mask(body.note).text,
        commandId: idempotencyKey,
      })
      // It may have kept a close waiting, and an approval from being told.
      const row = await findConversation(kernel, outcome.conversation_id)
      if (row) ringer.ring(row, row.close_requested_by ? 'closeRequested' : 'approvalDecided', { floor: row.floor })
      return { status: 200, body: { effect: outcome } }
    },
  })
