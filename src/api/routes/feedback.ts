// What customers think: a thumb on a reply, and one word on the whole.
import { z } from 'zod'
import { feedbackView, ratingView } from '../../kernel/feedback-view.ts'
import { giveFeedback } from '../../kernel/give-feedback.ts'
import { rateConversation } from '../../kernel/rate-conversation.ts'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { feedbackOf } from '../../kernel/reads/feedback.ts'
import { actorOf } from '../actor-of.ts'
import { feedback, rating } from '../console-schemas.ts'
import { clientId, text } from '../inputs.ts'
import { noteRead } from '../note-access.ts'
import { notFound } from '../problem.ts'
import { defineRoute, ownerOf, type Route } from '../route.ts'
import { pageOf } from '../schemas.ts'
import type { Service } from '../service.ts'

const tag = 'Feedback'
const path = '/v1/conversations/{conversation_id}/feedback'

export function feedbackRoutes(service: Service): Route[] {
  return [thumb(service), rate(service), read(service)]
}

const thumb = ({ kernel, mask }: Service) =>
  defineRoute({
    method: 'post',
    path,
    summary: 'Say whether a reply helped; another thumb on it replaces the first',
    tag,
    allow: ['customer'],
    body: z.strictObject({ message_id: clientId, rating: z.enum(['up', 'down']), comment: text.optional() }),
    responses: { 201: { description: 'Noted', schema: z.object({ feedback }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const { outcome } = await giveFeedback(kernel, {
        conversationId: param('conversation_id'),
        customer: actorOf(principal),
        messageId: body.message_id,
        rating: body.rating,
        comment: body.comment === undefined ? undefined : mask(body.comment).text,
        commandId: idempotencyKey,
      })
      return { status: 201, body: { feedback: outcome } }
    },
  })

const rate = ({ kernel, mask }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/conversations/{conversation_id}/rating',
    summary: 'Rate the whole conversation, 1 to 5; the last rating counts',
    tag,
    allow: ['customer'],
    body: z.strictObject({ score: z.int().min(1).max(5), comment: text.optional() }),
    responses: { 201: { description: 'Noted', schema: z.object({ rating }) } },
    async handle({ principal, param, body, idempotencyKey }) {
      const { outcome } = await rateConversation(kernel, {
        conversationId: param('conversation_id'),
        customer: actorOf(principal),
        score: body.score,
        comment: body.comment === undefined ? undefined : mask(body.comment).text,
        commandId: idempotencyKey,
      })
      return { status: 201, body: { rating: outcome } }
    },
  })

const read = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path,
    summary: 'Read what the customer thought of each reply, and of the whole',
    tag,
    allow: ['customer', 'agent'],
    responses: {
      200: {
        description: 'Oldest first, all on one page',
        schema: pageOf(feedback).extend({ rating: rating.nullable() }),
      },
    },
    async handle({ principal, param }) {
      const conversationId = param('conversation_id')
      if (!(await findConversation(kernel, conversationId, ownerOf(principal)))) throw notFound('conversation')
      await noteRead(kernel, principal, conversationId)
      const opinion = await feedbackOf(kernel, conversationId)
      const whole = opinion.rating ? ratingView(opinion.rating) : null
      return { status: 200, body: { data: opinion.feedback.map(feedbackView), next_cursor: null, rating: whole } }
    },
  })
