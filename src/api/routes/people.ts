// What a person does inside a conversation: reply, note, hand back.
import { z } from 'zod'
import { addNote } from '../../kernel/add-note.ts'
import { handBack } from '../../kernel/hand-back.ts'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { replyAsPerson } from '../../kernel/reply-as-person.ts'
import { actorOf } from '../actor-of.ts'
import { handBackNote, newNote, newReply } from '../inputs.ts'
import { defineRoute, type Route } from '../route.ts'
import { conversation, message } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'People'

export function peopleRoutes(service: Service): Route[] {
  return [reply(service), note(service), handBackRoute(service)]
}

const reply = ({ kernel, ringer, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations/{conversation_id}/replies',
    summary: 'Answer the customer as the person who claimed the conversation',
    tag,
    allow: ['agent'],
    body: newReply,
    responses: { 201: { description: 'Said', schema: z.object({ message }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const conversationId = param('conversation_id')
      const { outcome } = await replyAsPerson(kernel, {
        conversationId,
        agent: actorOf(principal),
        message: { id: body.id, text: mask(body.text).text },
        takeOver: body.take_over,
        inReplyTo: body.in_reply_to,
        lastSeenSeq: body.last_seen_seq,
        commandId: idempotencyKey,
      })
      if (body.take_over) {
        const row = await findConversation(kernel, conversationId)
        if (row) ringer.ring(row, 'handoffClaimed', { floor: row.floor })
      }
      return { status: 201, body: outcome }
    },
  })

const note = ({ kernel, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations/{conversation_id}/notes',
    summary: 'Leave a note for colleagues; the customer never sees it',
    tag,
    allow: ['agent'],
    body: newNote,
    responses: { 201: { description: 'Noted', schema: z.object({ message }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const { outcome } = await addNote(kernel, {
        conversationId: param('conversation_id'),
        agent: actorOf(principal),
        text: mask(body.text).text,
        commandId: idempotencyKey,
      })
      return { status: 201, body: outcome }
    },
  })

const handBackRoute = ({ kernel, ringer, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations/{conversation_id}/hand-back',
    summary: 'Give the conversation back to the AI',
    tag,
    allow: ['agent'],
    body: handBackNote,
    bodyOptional: true,
    responses: { 200: { description: 'The AI has it', schema: z.object({ conversation }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const conversationId = param('conversation_id')
      const { outcome } = await handBack(kernel, {
        conversationId,
        actor: actorOf(principal),
        note: body.note === undefined ? undefined : mask(body.note).text,
        commandId: idempotencyKey,
      })
      const row = await findConversation(kernel, conversationId)
      if (row) ringer.ring(row, 'handedBack', { floor: outcome.floor })
      return { status: 200, body: { conversation: outcome.conversation } }
    },
  })
