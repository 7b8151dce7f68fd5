// The ticket system.
import { z } from 'zod'
import type { JsonObject } from '../../../domain/json.ts'
import type { HttpClient } from '../../../ports/systems.ts'
import { restSystem } from './rest.ts'
import type { Reply } from './rest.ts'

const ticket = z.object({ id: z.string(), priority: z.string(), status: z.string() })
export type Ticket = z.infer<typeof ticket>

export type Ticketing = {
  create: (request: { ticket: JsonObject; key: string; signal: AbortSignal }) => Promise<Reply<Ticket>>
  /** The first answer to the write with this key; null when the ticket system knows of none. */
  outcomeOf: (key: string, signal: AbortSignal) => Promise<Reply<Ticket> | null>
}

export function ticketingClient(http: HttpClient, baseUrl: string): Ticketing {
  const ticketing = restSystem(http, 'ticketing', baseUrl)
  return {
    create: ({ ticket: body, key, signal }) =>
      ticketing.call({ method: 'POST', path: '/tickets', body, key, shape: ticket, signal }),
    outcomeOf: (key, signal) => ticketing.outcomeOf({ key, shape: ticket, signal }),
  }
}
