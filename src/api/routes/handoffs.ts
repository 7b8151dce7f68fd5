import { z } from 'zod'
import { type HandoffCommand, claimHandoff } from '../../kernel/claim-handoff.ts'
import type { Carried } from '../../kernel/commands.ts'
import type { HandoffView } from '../../kernel/handoff-view.ts'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { listHandoffs } from '../../kernel/reads/handoffs.ts'
import { seeHandoff } from '../../kernel/see-handoff.ts'
import { transferHandoff } from '../../kernel/transfer-handoff.ts'
import { releaseHandoff } from '../../kernel/release-handoff.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { BellName } from '../../workflows/messages.ts'
import { actorOf } from '../actor-of.ts'
import { nothing, pageQuery, pageRequest, transfer } from '../inputs.ts'
import { noteListed } from '../note-access.ts'
import { defineRoute, type Route } from '../route.ts'
import { handoff, handoffState, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'Handoffs'

export function handoffRoutes(service: Service): Route[] {
  return [
    list(service),
    command(service, {
      name: 'seen',
      summary: 'Say that you have opened it, so that colleagues see that it is being read',
      carryOut: seeHandoff,
    }),
    command(service, {
      name: 'claim',
      summary: 'Claim a handoff; of two people one wins',
      carryOut: claimHandoff,
      bell: 'handoffClaimed',
    }),
    command(service, {
      name: 'release',
      summary: 'Give a claimed handoff back to the queue of people',
      carryOut: releaseHandoff,
      bell: 'handoffReleased',
    }),
    transferRoute(service),
  ]
}

const list = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/handoffs',
    summary: 'List handoffs, most urgent first, then oldest',
    tag,
    allow: ['agent'],
    query: z.strictObject({ ...pageQuery, state: handoffState.optional() }),
    responses: { 200: { description: 'Handoffs', schema: pageOf(handoff) } },
    async handle({ principal, query }) {
      await noteListed(kernel, principal, 'handoffs')
      return { status: 200, body: await listHandoffs(kernel, { state: query.state }, pageRequest(query)) }
    },
  })

const command = (
  { kernel, ringer }: Service,
  it: {
    name: string
    summary: string
    carryOut: (kernel: Kernel, command: HandoffCommand) => Promise<Carried<HandoffView>>
    /** None when no deadline changes. */
    bell?: BellName
  },
) =>
  defineRoute({
    method: 'post',
    path: `/v1/handoffs/{handoff_id}/${it.name}`,
    summary: it.summary,
    tag,
    allow: ['agent'],
    body: nothing,
    bodyOptional: true,
    responses: { 200: { description: 'The handoff', schema: z.object({ handoff }) } },
    async handle({ principal, param, idempotencyKey }) {
      const handoffId = param('handoff_id')
      const { outcome } = await it.carryOut(kernel, { handoffId, agent: actorOf(principal), commandId: idempotencyKey })
      const row = it.bell && (await findConversation(kernel, outcome.conversation_id))
      if (row && it.bell) ringer.ring(row, it.bell, { floor: row.floor })
      return { status: 200, body: { handoff: outcome } }
    },
  })

const transferRoute = ({ kernel, ringer, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/handoffs/{handoff_id}/transfer',
    summary: 'Give a handoff to a colleague or a team: offered again, to them',
    tag,
    allow: ['agent'],
    body: transfer,
    responses: { 200: { description: 'The handoff', schema: z.object({ handoff }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const { outcome } = await transferHandoff(kernel, {
        handoffId: param('handoff_id'),
        agent: actorOf(principal),
        to: body.to,
        note: body.note === undefined ? undefined : mask(body.note).text,
        commandId: idempotencyKey,
      })
      const row = await findConversation(kernel, outcome.conversation_id)
      if (row) ringer.ring(row, 'handoffReleased', { floor: row.floor })
      return { status: 200, body: { handoff: outcome } }
    },
  })
