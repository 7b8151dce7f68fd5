import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policy } from '../../src/desks/electronics-store/policies.ts'
import { consentFor, DEFAULT_APPROVALS, neededFor, type WriteInQuestion } from '../../src/domain/approval-policy.ts'

const store = policy.approvals
const write = (of: Partial<WriteInQuestion>): WriteInQuestion => ({
  kind: 'refund',
  amountCents: 0,
  tier: 'basic',
  risky: false,
  tainted: false,
  settledTodayCents: 0,
  toolAsks: false,
  madeBefore: false,
  ...of,
})
const allow = { kind: 'allow' }
const approval = (reasons: string[], role: string, people = 1) => ({
  kind: 'approval',
  needed: { role, people },
  reasons,
})

test.each([
  ['a refund of $50', { amountCents: 5000 }, allow],
  ['a refund of $50.01', { amountCents: 5001 }, approval(['amount'], 'agent')],
  ['a credit of $50.01', { kind: 'credit', amountCents: 5001 }, approval(['amount'], 'agent')],
  ['a refund of $200', { amountCents: 20_000 }, approval(['amount'], 'agent')],
  ['a refund of $200.01', { amountCents: 20_001 }, approval(['amount'], 'supervisor')],
  [
    'a refund of $1,000',
    { amountCents: 100_000, settledTodayCents: 0 },
    approval(['amount', 'daily_sum'], 'supervisor'),
  ],
  ['a refund of $1,000.01', { amountCents: 100_001 }, approval(['amount', 'daily_sum'], 'supervisor', 2)],
  ['$20 that make it $500 today', { amountCents: 2000, settledTodayCents: 48_000 }, allow],
  ['$20 that make it $500.01', { amountCents: 2000, settledTodayCents: 48_001 }, approval(['daily_sum'], 'agent')],
  ['no money on a day over the limit', { kind: 'modify', settledTodayCents: 90_000 }, allow],
  ['a cancellation after shipping', { kind: 'cancel', toolAsks: true }, approval(['tool'], 'agent')],
  ['a cancellation before it', { kind: 'cancel' }, allow],
  ['a risky write behind untrusted text', { risky: true, tainted: true }, approval(['untrusted_text'], 'agent')],
  ['a harmless write behind untrusted text', { tainted: true }, allow],
  ['the same write again', { madeBefore: true }, approval(['made_before'], 'agent')],
] as const)('H3: %s', (_, of, expected) => {
  expect(consentFor(store, write(of))).toEqual(expected)
})

test('H3: a tier may have a limit of its own, and a name like __proto__ has none', () => {
  const byTier = { ...store, freeUpTo: { refund: { cents: 5000, byTier: { enterprise: 20_000 } } } }
  expect(consentFor(byTier, write({ amountCents: 20_000, tier: 'enterprise' }))).toEqual(allow)
  expect(consentFor(byTier, write({ amountCents: 20_000, tier: 'basic' })).kind).toBe('approval')
  expect(consentFor(byTier, write({ amountCents: 20_000, tier: '__proto__' })).kind).toBe('approval')
  expect(consentFor(store, write({ amountCents: 5000, kind: '__proto__' }))).toEqual(allow)
})

test('H3: more money never needs fewer people or a lower role, and a policy without a step is the strictest', () => {
  const cents = fc.integer({ min: 0, max: 10_000_000 })
  fc.assert(
    fc.property(cents, cents, (one, other) => {
      const [less, more] = [neededFor(store, Math.min(one, other)), neededFor(store, Math.max(one, other))]
      expect(more.people).toBeGreaterThanOrEqual(less.people)
      expect(more.role === 'supervisor' || less.role === 'agent').toBe(true)
    }),
  )
  expect(neededFor({ ...DEFAULT_APPROVALS, steps: [] }, 1)).toEqual({ role: 'supervisor', people: 2 })
})

test('H3: nothing but a reason makes a person needed, and a reason always does', () => {
  const any = fc.record<WriteInQuestion>({
    kind: fc.constantFrom('refund', 'credit', 'cancel', 'modify'),
    amountCents: fc.nat(300_000),
    tier: fc.constantFrom('free', 'enterprise', null),
    risky: fc.boolean(),
    tainted: fc.boolean(),
    settledTodayCents: fc.nat(100_000),
    toolAsks: fc.boolean(),
    madeBefore: fc.boolean(),
  })
  fc.assert(
    fc.property(any, (of) => {
      const limited = of.kind === 'refund' || of.kind === 'credit'
      const expected =
        (limited && of.amountCents > 5000) ||
        (of.amountCents > 0 && of.amountCents + of.settledTodayCents > 50_000) ||
        (of.risky && of.tainted) ||
        of.toolAsks ||
        of.madeBefore
      expect(consentFor(store, of).kind === 'approval').toBe(expected)
    }),
  )
})
