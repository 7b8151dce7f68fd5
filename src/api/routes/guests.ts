// People without an account [L1]: a token to begin with, and the way their conversations become a customer's.
import { z } from 'zod'
import { claimGuest } from '../../kernel/claim-guest.ts'
import { actorOf } from '../actor-of.ts'
import { nothing } from '../inputs.ts'
import { Refusal } from '../../domain/errors.ts'
import { invalid } from '../problem.ts'
import { defineRoute, type Route } from '../route.ts'
import type { Service } from '../service.ts'

const tag = 'Guests'

export function guestRoutes(service: Service): Route[] {
  return [begin(service), claim(service)]
}

const begin = ({ guests, rateLimits }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/guests',
    summary: 'Become a guest: a token without an account',
    tag,
    allow: 'anyone',
    body: nothing,
    bodyOptional: true,
    responses: {
      201: {
        description: 'A bearer token of the role customer, for public knowledge only',
        schema: z.object({ token: z.string(), guest_id: z.string(), expires_at: z.iso.datetime() }),
      },
    },
    async handle({ request, response }) {
      await rateLimits.guest(request.ip ?? 'unknown', response)
      const { token, guestId, expiresAt } = await guests.issue()
      return { status: 201, body: { token, guest_id: guestId, expires_at: expiresAt.toISOString() } }
    },
  })

const claim = ({ guests, kernel, ringer }: Service) =>
  defineRoute({
    method: 'post',
    path: '/v1/guests/claim',
    summary: "Sign in: a guest's conversations become yours",
    tag,
    allow: ['customer'],
    body: z.strictObject({ guest_token: z.string().min(1).max(8192) }),
    responses: {
      200: {
        description: 'The conversations that came with the guest; the same again returns the same',
        schema: z.object({ conversations: z.array(z.string()) }),
      },
    },
    async handle({ principal, body }) {
      if (principal.guest) throw new Refusal('forbidden', 'Only a signed-in customer can claim what a guest began.')
      const guest = await guests.verify(body.guest_token)
      if (!guest) {
        throw invalid('This is no token of a guest, or it has expired.', [
          { pointer: '/guest_token', detail: 'Not valid.' },
        ])
      }
      const { id, name, tier, issuer } = principal
      const customer = { id, name, tier, issuer, subject: id }
      const claimed = await claimGuest(kernel, { guestId: guest.guestId, customer, actor: actorOf(principal) })
      for (const row of claimed) {
        // A run that has ended would be started for nothing.
        if (row.status !== 'closed') ringer.ring(row, 'customerSignedIn', { floor: row.floor })
      }
      return { status: 200, body: { conversations: claimed.map(({ id }) => id) } }
    },
  })
