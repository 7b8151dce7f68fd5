// The demo company: a shop for home electronics.
import { defineDesk } from '../types.ts'
import { catalogue } from './catalogue.ts'
import { customerCard } from './customer-card.ts'
import { facts } from './facts.ts'
import { policy } from './policies.ts'
import { routingRules } from './routing-rules/routing-rules.ts'
import { specialists } from './specialists/specialists.ts'
import { electronicsStoreSystems } from './systems/systems.ts'
import { ticketId, ticketInput } from './ticket.ts'
import { tools } from './tools/tools.ts'

export const desk = defineDesk({
  name: 'electronics-store',
  instructions: `You are the AI of the customer desk of an online shop for home electronics. You are an AI and say so when asked.
Write in the customer's language. Be short and exact: two to five sentences, or a short numbered list of steps. Plain text, no headings, no emoji, no exclamation marks. Use names, numbers, days and times instead of "soon". Say what happened, then what comes next. Money is US dollars, dates are written out ("Friday, November 27").
Never blame the customer, never promise what a tool or an article does not say, and never invent a person's name.`,
  specialists,
  tools,
  routingRules,
  policy,
  catalogue,
  facts,
  knowledge: new URL('./knowledge', import.meta.url),
  // The company's help pages, and the hosts under which its sandbox serves the hosted payment page.
  linkHosts: ['help.electronics-store.example', 'localhost', '127.0.0.1', 'sandbox'],
  ticket: { tool: 'create_ticket', input: ticketInput, ticketId },
  customerCard,
  systems: electronicsStoreSystems,
})
