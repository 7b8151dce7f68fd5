// A desk registered from outside src: the shop's systems and tools, routes that a test names in brackets, a write by SOAP
// without idempotency keys, and a read that always fails. Its path is what a test passes as `desk`.
import { z } from 'zod'
import { desk as shop } from '../../../src/desks/electronics-store/desk.ts'
import type { Systems } from '../../../src/desks/electronics-store/systems/systems.ts'
import { defineDesk, defineSpecialist, toolFor, type Specialist, type SystemPorts } from '../../../src/desks/types.ts'
import { OutsideError } from '../../../src/domain/errors.ts'
import type { JsonObject } from '../../../src/domain/json.ts'
import type { RoutingRule } from '../../../src/domain/routing.ts'

type RehearsalSystems = Systems & {
  bill: (operation: string, input: JsonObject, signal: AbortSignal) => Promise<JsonObject>
}
const tool = toolFor<RehearsalSystems>()

/** The billing system forgets keys: the same reference twice is two bookings, so only a look-up by reference may follow. */
const applyCredit = tool({
  name: 'apply_credit',
  description: 'Books a credit of some cents.',
  input: z.strictObject({ cents: z.int().min(1) }),
  effect: 'write',
  deduplicates: false,
  timeout: 4000,
  businessKey: ({ cents }) => `credit/${cents}`,
  authorize: async () => ({ decision: 'allow' }),
  async execute({ cents }, { systems, customerId, key, signal }) {
    const credit = { reference: key, customerId, amountCents: cents, currency: 'USD', reason: 'goodwill' }
    return { outcome: 'ok', data: { booked: await systems.bill('ApplyCredit', credit, signal) } }
  },
  async lookUp(_input, { systems, key, signal }) {
    const found = await systems.bill('FindTransaction', { reference: key }, signal)
    return [true, 'true'].includes(found['found'] as boolean | string)
      ? { outcome: 'ok', data: { booked: true } }
      : null
  },
  claims: [/\bvoucher has been booked\b/i],
})

const failingRead = tool({
  name: 'failing_read',
  description: 'Never works.',
  input: z.strictObject({ number: z.int() }),
  effect: 'read',
  timeout: 1000,
  execute: async () => {
    throw new OutsideError('BackendError.Refused', 'nothing', 'it never works')
  },
})

const RULES: readonly RoutingRule[] = [
  {
    name: 'person',
    decide: (text) =>
      text.includes('[person]') ? { intent: 'escalation', confidence: 1, escalate: 'person_requested' } : null,
  },
  {
    name: 'answered',
    decide(text) {
      const order = /\[answered (\d+)\]/.exec(text)?.[1]
      const read = { tool: 'get_order_status', input: { order: order ?? '' }, answers: true as const }
      return order === undefined ? null : { intent: 'order', confidence: 1, prefetch: [read] }
    },
  },
  {
    name: 'named',
    decide(text) {
      const intent = /\[(account|order|tech_support|escalation|none)\]/.exec(text)?.[1]
      return intent ? { intent, confidence: 1 } : null
    },
  },
]

const withMore = (specialist: Specialist): Specialist =>
  defineSpecialist({ ...specialist, tools: [...specialist.tools, 'apply_credit', 'failing_read'] })

export const desk = defineDesk({
  ...shop,
  name: 'rehearsal',
  specialists: shop.specialists.map(withMore),
  tools: [...shop.tools, applyCredit, failingRead],
  routingRules: RULES,
  policy: { ...shop.policy, version: 'rehearsal-1' },
  systems(ports: SystemPorts): RehearsalSystems {
    const bill: RehearsalSystems['bill'] = async (operation, input, signal) => {
      const wsdl = ports.settings['billing'] ?? ''
      const answer = await ports.soap.call({ dependency: 'billing', wsdl, operation, input, timeout: 3000, signal })
      if ('fault' in answer) throw new OutsideError('BackendError.Refused', 'billing', answer.fault.code)
      return answer.result
    }
    return { ...(shop.systems(ports) as Systems), bill }
  },
})
