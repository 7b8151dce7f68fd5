// What waits for people: counts, rows and a stream that says when to look again.
import { z } from 'zod'
import { listQueue } from '../../kernel/reads/queue.ts'
import { countsFor } from '../../kernel/reads/queue-counts.ts'
import { queueCounts, queueRow, queueView } from '../console-schemas.ts'
import { pageQuery, pageRequest } from '../inputs.ts'
import { textFault } from '../middleware/json-tree.ts'
import { noteListed } from '../note-access.ts'
import { defineRoute, type Route } from '../route.ts'
import { channel, intent, pageOf, priority } from '../schemas.ts'
import type { Service } from '../service.ts'
import { openSse } from '../stream/sse-writer.ts'
import { streamLife } from '../stream/stream-life.ts'

const tag = 'Queue'
const LONGEST_SEARCH = 100
/** Milliseconds; online is who was seen within two minutes. */
const SIGN_OF_LIFE = 30_000

export function queueRoutes(service: Service): Route[] {
  return [counts(service), list(service), events(service)]
}

const counts = ({ queueWatch }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/queue/counts',
    summary: 'Count what waits for people',
    tag,
    allow: ['agent'],
    responses: { 200: { description: 'Counts, at most a second old', schema: queueCounts } },
    async handle({ principal }) {
      return { status: 200, body: countsFor(await queueWatch.look(), principal.id) }
    },
  })

const search = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_SEARCH)
  .refine((value) => textFault(value) === null, { error: 'Must be well-formed text.' })
  .meta({ description: "Part of an id, an order number, the customer's name or what was said last" })

const list = ({ kernel }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/queue',
    summary: 'List a view of the queue, most urgent first: overdue, then least time left, then oldest',
    tag,
    allow: ['agent'],
    query: z.strictObject({
      ...pageQuery,
      view: queueView,
      q: search.optional(),
      reason: z
        .string()
        .regex(/^[a-z_]{1,64}$/)
        .optional(),
      priority: priority.optional(),
      channel: channel.optional(),
      intent: intent.optional(),
    }),
    responses: { 200: { description: 'Rows of the view', schema: pageOf(queueRow) } },
    async handle({ principal, query }) {
      const { view, q, reason, priority, channel, intent } = query
      await noteListed(kernel, principal, 'queue')
      const filter = { view, personId: principal.id, search: q, reason, priority, channel, intent }
      return { status: 200, body: await listQueue(kernel, filter, pageRequest(query)) }
    },
  })

const events = ({ queueWatch, presence, stopping }: Service) =>
  defineRoute({
    method: 'get',
    path: '/v1/queue/events',
    summary: 'Hear when the queue changed, as server-sent events',
    tag,
    allow: ['agent'],
    streams: true,
    responses: {
      200: {
        description:
          '`queue-changed {counts}` at once and after every change, at most once a second; read the rows again',
        schema: z.string(),
        type: 'text/event-stream',
      },
    },
    async handle({ principal, request, response }) {
      const { until, over } = streamLife(principal, response, stopping)
      const writer = openSse(response)
      if (request.method === 'HEAD') response.end()
      const leave = queueWatch.follow((snapshot) => {
        writer.send({ name: 'queue-changed', data: { counts: countsFor(snapshot, principal.id) } })
      })
      // Whoever keeps the queue open is there.
      const alive = setInterval(() => void presence.seen(principal), SIGN_OF_LIFE)
      try {
        await aborted(until)
      } finally {
        clearInterval(alive)
        leave()
        over()
        writer.end()
      }
      return null
    },
  })

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
