// The rehearsal desk with everything that goes wrong in code a company brings: a rule and a ticket that throw, answers that no
// store keeps, one of three megabytes. Its path is what a test passes as `desk`.
import { z } from 'zod'
import { defineDesk, defineSpecialist, toolFor } from '../../../src/desks/types.ts'
import { desk as rehearsal } from './rehearsal.ts'

const tool = toolFor<unknown>()
const THREE_MEGABYTES = 3 * 1024 * 1024

const hugeRead = (name: string, quick: boolean) =>
  tool({
    name,
    description: 'Answers with three megabytes.',
    input: z.strictObject({}),
    effect: 'read',
    quick,
    timeout: 1500,
    execute: async () => ({ outcome: 'ok', data: { log: 'x'.repeat(THREE_MEGABYTES) } }),
  })

/** What it did, by conversation: its back end, so to say. */
export const written = new Map<string, number>()

const write = (name: string, data: () => object) =>
  tool({
    name,
    description: 'Writes, and answers strangely.',
    input: z.strictObject({}),
    effect: 'write',
    deduplicates: false,
    timeout: 1500,
    authorize: async () => ({ decision: 'allow' }),
    async execute(_input, { conversationId }) {
      written.set(conversationId, (written.get(conversationId) ?? 0) + 1)
      return { outcome: 'ok', data: data() as never }
    },
    lookUp: async (_input, { conversationId }) =>
      written.has(conversationId) ? { outcome: 'ok', data: data() as never } : null,
  })

const circular = () => {
  const self: Record<string, unknown> = { done: true }
  self['self'] = self
  return self
}

const TOOLS = [
  hugeRead('huge_read', false),
  hugeRead('huge_quick_read', true),
  write('huge_write', () => ({ log: 'x'.repeat(THREE_MEGABYTES) })),
  write('nul_write', () => ({ text: 'done\0', half: '\ud800' })),
  write('circular_write', circular),
  tool({
    name: 'nul_read',
    description: 'Answers with what PostgreSQL does not keep.',
    input: z.strictObject({}),
    effect: 'read',
    timeout: 1500,
    execute: async () => ({ outcome: 'ok', data: { text: 'half\0 done' } }),
  }),
  tool({
    name: 'broken_citation',
    description: 'Cites nothing at all, so that no answer after it can be finished.',
    input: z.strictObject({}),
    effect: 'read',
    timeout: 1500,
    execute: async () => ({ outcome: 'ok', data: {}, citations: [null as never] }),
  }),
  tool({
    name: 'transforming_read',
    description: 'Its input is changed while it is parsed.',
    input: z.strictObject({ order: z.string().transform((order) => order.length) }),
    effect: 'read',
    timeout: 1500,
    execute: async ({ order }) => ({ outcome: 'ok', data: { length: order } }),
  }),
]

export const desk = defineDesk({
  ...rehearsal,
  name: 'trouble',
  specialists: rehearsal.specialists.map((specialist) =>
    defineSpecialist({ ...specialist, tools: [...specialist.tools, ...TOOLS.map(({ name }) => name)] }),
  ),
  tools: [...rehearsal.tools, ...TOOLS],
  routingRules: [
    {
      name: 'poison',
      decide(text) {
        if (text.includes('[poison]')) throw new Error('a rule that cannot bear this text')
        return text.includes('[huge]')
          ? { intent: 'order', confidence: 1, prefetch: [{ tool: 'huge_quick_read', input: {} }] }
          : null
      },
    },
    ...rehearsal.routingRules,
  ],
  ticket: {
    ...rehearsal.ticket,
    input(brief) {
      if (brief.wants.includes('[no ticket]')) throw new Error('a brief that no ticket can be made of')
      return rehearsal.ticket.input(brief)
    },
  },
})
