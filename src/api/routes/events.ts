import { z } from 'zod'
import { findConversation } from '../../kernel/reads/conversations.ts'
import { noteRead } from '../note-access.ts'
import { invalid, notFound } from '../problem.ts'
import { defineRoute, ownerOf, type Route } from '../route.ts'
import type { Service } from '../service.ts'
import { followEvents } from '../stream/follow-events.ts'
import { openSse } from '../stream/sse-writer.ts'
import { streamLife } from '../stream/stream-life.ts'

const SEQ = /^\d{1,15}$/

export function eventRoutes({ kernel, stopping, logger }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/conversations/{conversation_id}/events',
      summary: 'Follow a conversation as server-sent events',
      tag: 'Events',
      allow: ['customer', 'agent'],
      streams: true,
      query: z.strictObject({
        after: z
          .string()
          .regex(SEQ)
          .optional()
          .meta({ override: { type: 'integer', minimum: 0 } }),
      }),
      responses: {
        200: {
          description:
            'Every durable event after `Last-Event-ID` or `after`, once, then live ones; without either live from now',
          schema: z.string(),
          type: 'text/event-stream',
        },
      },
      async handle({ principal, param, query, request, response }) {
        const conversationId = param('conversation_id')
        const after = startAfter(request.get('Last-Event-ID'), query.after)
        if (!(await findConversation(kernel, conversationId, ownerOf(principal)))) throw notFound('conversation')
        await noteRead(kernel, principal, conversationId)
        const life = streamLife(principal, response, stopping)
        const writer = openSse(response)
        if (request.method === 'HEAD') response.end()
        try {
          await followEvents(kernel, {
            conversationId,
            after,
            customerId: ownerOf(principal),
            writer,
            until: life.until,
          })
        } catch (error) {
          // The headers are sent: ending the stream makes the client come back with Last-Event-ID.
          logger.warn({ err: error, conversation: conversationId }, 'a stream broke off')
        } finally {
          life.over()
          writer.end()
        }
        return null
      },
    }),
  ]
}

/** A browser that reconnects sends the header and the old query, so the header counts. */
function startAfter(header: string | undefined, query: string | undefined): number | null {
  const given = header === undefined || header === '' ? query : header
  if (given === undefined) return null
  if (SEQ.test(given)) return Number(given)
  throw invalid('Last-Event-ID must be a sequence number of this conversation.', [
    { pointer: '/Last-Event-ID', detail: 'Not a number.' },
  ])
}
