import { z } from 'zod'
import { channels } from '../../channels/index.ts'
import { closeByCommand } from '../../kernel/close-by-command.ts'
import { conversationView } from '../../kernel/conversation-view.ts'
import { NO_DEADLINES } from '../../kernel/next-deadline.ts'
import { findConversation, listConversations, readConversation } from '../../kernel/reads/conversations.ts'
import { isKnownFirst } from '../../kernel/reads/repeats.ts'
import { messageView } from '../../kernel/say-message.ts'
import { startConversation } from '../../kernel/start-conversation.ts'
import { actorOf } from '../actor-of.ts'
import { announceMessage, countMessage } from '../incoming.ts'
import { newConversation, nothing, pageQuery, pageRequest } from '../inputs.ts'
import type { Mask } from '../masked.ts'
import { invalid, notFound } from '../problem.ts'
import { defineRoute, ownerOf, type Route } from '../route.ts'
import { channel, controlledBy, conversation, conversationStatus, intent, message, pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'Conversations'

export function conversationRoutes(service: Service): Route[] {
  return [start(service), list(service), one(service), close(service)]
}

const start = (service: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations',
    summary: 'Start a conversation with its first message',
    tag,
    allow: ['customer'],
    body: newConversation,
    responses: {
      201: {
        description: 'Accepted for good. With `Prefer: wait` and an answer in time also `reply`.',
        schema: z.object({ conversation, message, reply: message.optional() }),
      },
    },
    async handle(call) {
      const { principal, body, idempotencyKey } = call
      const desk = body.desk ?? service.defaultDesk
      if (!service.kernel.desks.has(desk)) {
        throw invalid('There is no such desk.', [{ pointer: '/desk', detail: 'Unknown desk.' }])
      }
      const { text, masked } = service.mask(body.message.text)
      const metadata = maskedMetadata(service.mask, body.metadata ?? {})
      const key = body.message.id ?? idempotencyKey
      await countMessage(service, call, key === undefined ? undefined : `first/${key}`, () =>
        isKnownFirst(service.kernel, principal.id, body.message, idempotencyKey),
      )
      const accepted = await startConversation(service.kernel, {
        customer: {
          id: principal.id,
          name: principal.name,
          tier: principal.tier,
          issuer: principal.issuer,
          subject: principal.id,
          guest: principal.guest,
        },
        desk,
        channel: body.channel ?? channels[0].name,
        locale: body.locale,
        timeZone: body.time_zone,
        metadata: metadata.entries,
        message: { id: body.message.id, text, masked: masked || metadata.masked },
        idempotencyKey,
      })
      const settled = await announceMessage(service, call, accepted)
      const headers = { Location: `/v1/conversations/${accepted.conversation.id}` }
      if (!settled) {
        const conversation = conversationView(accepted.conversation, NO_DEADLINES)
        return { status: 201, headers, body: { conversation, message: messageView(accepted.message) } }
      }
      const now = await readConversation(service.kernel, accepted.conversation.id)
      return {
        status: 201,
        headers: { ...headers, ...settled.headers },
        body: { conversation: now ?? conversationView(accepted.conversation, NO_DEADLINES), ...settled.body },
      }
    },
  })

function maskedMetadata(mask: Mask, metadata: Record<string, string>) {
  const masked = Object.entries(metadata).map(([name, value]) => [mask(name), mask(value)] as const)
  return {
    entries: Object.fromEntries(masked.map(([name, value]) => [name.text, value.text])),
    masked: masked.flat().some((each) => each.masked),
  }
}

const list = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/conversations',
    summary: 'List conversations: a customer their own, an agent all',
    tag,
    allow: ['customer', 'agent'],
    query: z.strictObject({
      ...pageQuery,
      status: conversationStatus.optional(),
      controlled_by: controlledBy.optional(),
      intent: intent.optional(),
      channel: channel.optional(),
    }),
    responses: { 200: { description: 'Newest first', schema: pageOf(conversation) } },
    async handle({ principal, query }) {
      const { status, intent, channel } = query
      if (intent !== undefined && ![...kernel.desks.values()].some((desk) => desk.intents.includes(intent))) {
        throw invalid('There is no such intent.', [{ pointer: '/intent', detail: 'Unknown intent.' }])
      }
      const filter = { customerId: ownerOf(principal), status, controlledBy: query.controlled_by, intent, channel }
      return { status: 200, body: await listConversations(kernel, filter, pageRequest(query)) }
    },
  })

const one = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/conversations/{conversation_id}',
    summary: 'Read a conversation',
    tag,
    allow: ['customer', 'agent'],
    responses: { 200: { description: 'The conversation', schema: conversation } },
    async handle({ principal, param }) {
      const view = await readConversation(kernel, param('conversation_id'), ownerOf(principal))
      if (!view) throw notFound('conversation')
      return { status: 200, body: view }
    },
  })

const close = ({ kernel, ringer }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations/{conversation_id}/close',
    summary: 'Close a conversation, at once or when its turn ends',
    tag,
    allow: ['customer', 'agent'],
    body: nothing,
    bodyOptional: true,
    responses: { 200: { description: 'Closed, or `closing: true`', schema: z.object({ conversation }) } },
    async handle({ principal, param, idempotencyKey }) {
      const conversationId = param('conversation_id')
      const actor = actorOf(principal)
      const { outcome } = await closeByCommand(kernel, { conversationId, actor, commandId: idempotencyKey })
      const row = await findConversation(kernel, conversationId)
      if (row) ringer.ring(row, 'closeRequested', { floor: row.floor })
      return { status: 200, body: { conversation: outcome } }
    },
  })
