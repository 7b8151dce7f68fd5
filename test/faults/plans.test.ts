import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../faults/nemesis/faults.ts'
import { customersWithOrders } from '../../faults/plan/customers.ts'
import { planFaults } from '../../faults/plan/fault-plan.ts'
import { planLoad } from '../../faults/plan/load-plan.ts'
import { SIZES } from '../../faults/sizes.ts'
import { policy } from '../../src/desks/electronics-store/policies.ts'
import { neededFor } from '../../src/domain/approval-policy.ts'

describe('the plan of a run', () => {
  test('the seed decides load and faults exactly', () => {
    expect(planLoad(7, SIZES.smoke)).toEqual(planLoad(7, SIZES.smoke))
    expect(planFaults(7, 40, FAULTS)).toEqual(planFaults(7, 40, FAULTS))
  })

  test('another seed gives another load and other faults', () => {
    expect(planLoad(7, SIZES.smoke)).not.toEqual(planLoad(8, SIZES.smoke))
    expect(planFaults(7, 40, FAULTS)).not.toEqual(planFaults(8, 40, FAULTS))
  })

  test('there are as many conversations, messages and faults as asked for', () => {
    const load = planLoad(1, SIZES.smoke)
    expect(load).toHaveLength(200)
    expect(load.every(({ messages }) => messages.length === 5)).toBe(true)
    expect(planFaults(1, 40, FAULTS)).toHaveLength(40)
  })

  test('every kind of fault comes once before any comes twice', () => {
    const plan = planFaults(3, FAULTS.length, FAULTS)
    expect(new Set(plan.map(({ kind }) => kind)).size).toBe(FAULTS.length)
  })

  test('faults are spread over the load in their order', () => {
    const times = planFaults(3, 40, FAULTS).map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(0)).toBeLessThan(0.1)
    expect(times.at(-1)).toBeLessThan(1)
  })

  test('every wish and every way of sending and watching is in the load', () => {
    const load = planLoad(2, SIZES.smoke)
    const messages = load.flatMap((plan) => plan.messages)
    expect(new Set(messages.map(({ intent }) => intent.wants))).toEqual(
      new Set(['talk', 'read', 'write', 'approval', 'forbidden', 'person', 'refusal']),
    )
    expect(new Set(messages.map(({ repeat }) => repeat))).toEqual(new Set([null, 'at once', 'later']))
    expect(new Set(load.map(({ watch }) => watch))).toEqual(new Set(['stream', 'poll']))
    expect(messages.some(({ burst }) => burst)).toBe(true)
    expect(messages.some(({ wait }) => wait > 0)).toBe(true)
    expect(load.some(({ takeOverAt }) => takeOverAt !== null)).toBe(true)
  })

  test('a write is asked of an order of the customer that can be changed, and a forbidden one never is', () => {
    const people = new Map(customersWithOrders().map((customer) => [customer.id, customer]))
    const asked = planLoad(4, SIZES.smoke).flatMap(({ customer, messages }) =>
      messages.map(({ intent }) => ({ own: people.get(customer), intent })),
    )
    const wrong = asked.filter(({ own, intent }) => {
      if (intent.wants === 'write' && intent.operation.endsWith('order')) return !own?.processing.includes(intent.key)
      if (intent.wants === 'forbidden') return own?.processing.includes(intent.key)
      return intent.wants === 'read' && !own?.orders.includes(intent.order)
    })
    expect(wrong).toEqual([])
  })

  describe('refunds', () => {
    const own = new Map(customersWithOrders().map(({ id, refundable }) => [id, refundable]))
    const refunds = [4, 5].flatMap((seed) =>
      planLoad(seed, SIZES.smoke).flatMap(({ customer, messages, index }) =>
        messages.flatMap(({ intent, text }) => {
          if (!('operation' in intent) || intent.operation !== 'RefundPayment') return []
          const cost = own.get(customer)?.find(({ order }) => order === intent.key)?.cents ?? 0
          const cents = 'cents' in intent ? (intent.cents ?? cost) : cost
          return [{ conversation: `${seed}/${index}`, text, wants: intent.wants, cents, cost }]
        }),
      ),
    )

    test('they are of orders that the customer has and that cost as much, and wait for people above the free amount', () => {
      const free = policy.approvals.freeUpTo['refund']?.cents ?? 0
      const wrong = refunds.filter(
        ({ wants, cents, cost }) => cents < 1 || cents > cost || (wants === 'approval') !== cents > free,
      )
      expect(wrong).toEqual([])
    })

    test('some run at once, some need one person, with either role, and some two', () => {
      const needed = refunds.map(({ wants, cents }) => {
        const { role, people } = neededFor(policy.approvals, cents)
        return wants === 'write' ? 'nobody' : `${people} ${role}`
      })
      expect(new Set(needed)).toEqual(new Set(['nobody', '1 agent', '1 supervisor', '2 supervisor']))
    })

    test('a conversation asks for one, some of them twice in the same words', () => {
      const byConversation = Map.groupBy(refunds, ({ conversation }) => conversation)
      expect([...byConversation.values()].every((all) => new Set(all.map(({ text }) => text)).size === 1)).toBe(true)
      expect([...byConversation.values()].some((all) => all.length > 1)).toBe(true)
    })

    test('people decide in every way that there is', () => {
      expect(new Set(planLoad(4, SIZES.smoke).map(({ approvers }) => approvers)).size).toBe(6)
    })
  })
})
