import { z } from 'zod'
import { PRIORITIES } from '../../../domain/conversation.ts'
import type { Ticket } from '../systems/ticketing.ts'
import { deskTool } from './desk-tool.ts'
import { resultOf } from './results.ts'

/** Longest subject and description, in characters. */
export const TICKET_LIMITS = { subject: 200, description: 8_000 }

const view = (ticket: Ticket) => ({ ticket_id: ticket.id, priority: ticket.priority, status: ticket.status })

/** Opens a ticket for the people of the company. */
export const createTicket = deskTool({
  name: 'create_ticket',
  description:
    'Opens a ticket that a colleague works on later, for the customer in this conversation. For matters that need no live answer. Somebody who wants a person now is escalated instead.',
  input: z.strictObject({
    subject: z.string().trim().min(1).max(TICKET_LIMITS.subject).describe('One line'),
    description: z
      .string()
      .trim()
      .min(1)
      .max(TICKET_LIMITS.description)
      .describe('What the customer wants, what was tried, order numbers. No card numbers, no passwords.'),
    priority: z.enum(PRIORITIES).optional().describe('normal when left out'),
  }),
  effect: 'write',
  deduplicates: true,
  repeatable: true,
  timeout: 8_000,
  authorize: async () => ({ decision: 'allow' }),
  async execute({ subject, description, priority }, { systems, desk, customerId, conversationId, key, signal }) {
    const ticket = {
      subject,
      description,
      priority: priority ?? 'normal',
      customer_id: customerId,
      metadata: { desk, conversation_id: conversationId },
    }
    return resultOf(await systems.ticketing.create({ ticket, key, signal }), view)
  },
  async lookUp(_input, { systems, key, signal }) {
    const reply = await systems.ticketing.outcomeOf(key, signal)
    return reply && resultOf(reply, view)
  },
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now)? (?:created|opened|raised|filed|logged|submitted)\b[^.!?]{0,40}\b(?:ticket|case|complaint|report)\b/i,
    /\b(?:ticket|case|complaint) has (?:now |just )?been (?:created|opened|raised|filed|logged|submitted)\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,60}\bticket\b[^.!?]{0,40}\b(?:erstellt|eröffnet|angelegt)(?!\p{L})/iu,
  ],
})
