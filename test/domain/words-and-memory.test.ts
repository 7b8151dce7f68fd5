import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Catalogue, say, TEXT_KEYS } from '../../src/domain/catalogue.ts'
import { escalationDue, HANDOFF_REASONS, handoffReason, priorityOf, raised } from '../../src/domain/escalation.ts'
import { canonicalJson } from '../../src/domain/json.ts'
import { type Fact, findFacts, mergeFacts, summaryDue, verbatimWindow } from '../../src/domain/memory.ts'
import { type RoutingRule, routeByRules } from '../../src/domain/routing.ts'

const limits = { verbatim: 10, summariseAfter: 20 }
/** Messages with seq from 1, with gaps as other events leave them. */
const messages = fc
  .array(fc.integer({ min: 1, max: 3 }), { maxLength: 60 })
  .map((gaps) => gaps.map((_, index) => ({ seq: gaps.slice(0, index + 1).reduce((a, b) => a + b, 0) })))

test('C2: the last ten messages stand verbatim, and more only while no summary covers them', () => {
  const list = Array.from({ length: 30 }, (_, index) => ({ seq: index + 1 }))
  expect(verbatimWindow(list, 30, limits).map(({ seq }) => seq)).toEqual(list.slice(-10).map(({ seq }) => seq))
  expect(verbatimWindow(list, 15, limits)).toHaveLength(15)
  expect(
    verbatimWindow(
      Array.from({ length: 90 }, (_, seq) => ({ seq: seq + 1 })),
      0,
      limits,
    ),
  ).toHaveLength(40)
})

test('C2: every message is in the prompt verbatim or covered by the summary, up to twice the limit', () => {
  fc.assert(
    fc.property(messages, fc.nat(120), (list, through) => {
      const window = verbatimWindow(list, through, limits)
      expect(list.slice(list.length - window.length)).toEqual(window)
      expect(window.length).toBeGreaterThanOrEqual(Math.min(10, list.length))
      const uncovered = list.filter(({ seq }) => seq > through)
      expect(window.length).toBeGreaterThanOrEqual(Math.min(uncovered.length, 40, list.length))
    }),
  )
})

test('C2: a summary is due past twenty messages it does not cover, and leaves the last ten alone', () => {
  fc.assert(
    fc.property(messages, fc.nat(120), (list, through) => {
      const due = summaryDue(list, through, limits)
      const uncovered = list.filter(({ seq }) => seq > through)
      expect(due).toEqual(uncovered.length > 20 ? uncovered.slice(0, -10) : null)
      // What it does not cover is not due again at once, and it always gets further.
      const next = due?.at(-1)?.seq ?? through + 1
      expect(next).toBeGreaterThan(through)
      expect(due === null || summaryDue(list, next, limits) === null).toBe(true)
    }),
  )
})

const fact = fc.record({ kind: fc.constantFrom('order', 'name'), value: fc.constantFrom('1', '2', '3', '4') })

test('C2: facts are never added twice, keep their order, and only the oldest of too many go', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fact, { selector: (f) => f.kind + f.value }), fc.array(fact), (known, found) => {
      const merged = mergeFacts(known, found)
      expect(merged.slice(0, known.length)).toEqual(known)
      expect(new Set(merged.map((f) => f.kind + f.value)).size).toBe(merged.length)
      expect(mergeFacts(merged, found)).toEqual(merged)
    }),
  )
  const many: Fact[] = Array.from({ length: 60 }, (_, value) => ({ kind: 'order', value: String(value) }))
  expect(mergeFacts([], many).map((f) => f.value)).toEqual(many.slice(-50).map((f) => f.value))
})

test('C2: a pattern finds every occurrence, its first group is the value, and it keeps no state between texts', () => {
  const patterns = [
    { kind: 'order', pattern: /order (\d+)/i },
    { kind: 'word', pattern: /\bkeep\b/g },
  ]
  for (const _ of [1, 2]) {
    expect(findFacts(patterns, 'Order 1, order 22, keep')).toEqual([
      { kind: 'order', value: '1' },
      { kind: 'order', value: '22' },
      { kind: 'word', value: 'keep' },
    ])
  }
  expect(findFacts(patterns, '')).toEqual([])
})

test('A1: the first rule that speaks wins and is named; when none speaks the model decides', () => {
  const rule = (name: string, word: string): RoutingRule => ({
    name,
    decide: (text) => (text.includes(word) ? { intent: 'order', confidence: 0.9 } : null),
  })
  const rules = [rule('first', 'a'), rule('second', 'b')]
  const context = { lastIntent: null, facts: [] }
  expect(routeByRules(rules, 'ab', context)?.rule).toBe('first')
  expect(routeByRules(rules, 'b', context)).toEqual({ intent: 'order', confidence: 0.9, rule: 'second' })
  expect(routeByRules(rules, 'c', context)).toBeNull()
})

test('H1: failed calls, rounds and money each call a person at their limit, in that order', () => {
  const most = { rounds: 5, failedToolCalls: 3, budgetUsd: 0.5 }
  const at = (round: number, failedToolCalls: number, costUsd: number) =>
    escalationDue({ round, failedToolCalls, costUsd }, most)
  expect(at(5, 2, 0.499)).toBeNull()
  expect(at(6, 0, 0)).toBe('too_many_steps')
  expect(at(1, 3, 0)).toBe('repeated_failure')
  expect(at(1, 0, 0.5)).toBe('budget')
  expect(at(9, 3, 9)).toBe('repeated_failure')
})

test('H6: an operator’s word becomes one of our codes, whatever it was', () => {
  fc.assert(fc.property(fc.string(), (word) => HANDOFF_REASONS.includes(handoffReason(word))))
  expect(handoffReason('anger')).toBe('anger')
  expect(handoffReason('__proto__')).toBe('operator')
  expect(handoffReason(undefined)).toBe('operator')
})

test('H1: every reason has a priority, and a missed deadline only ever raises it', () => {
  const order = ['low', 'normal', 'high', 'urgent']
  for (const reason of HANDOFF_REASONS) expect(order).toContain(priorityOf(reason))
  expect(order.map((priority) => raised(priority as never))).toEqual(['normal', 'high', 'urgent', 'urgent'])
})

const catalogue: Catalogue = {
  en: Object.fromEntries(TEXT_KEYS.map((key) => [key, `en ${key} {name}`])) as Catalogue['en'],
  de: { greeting: 'Guten Tag {name}{name}, {other}' },
}

test('L1: a text comes in the conversation’s locale, its language, or English', () => {
  expect(say(catalogue, 'de-AT', 'greeting', { name: 'A' })).toBe('Guten Tag AA, {other}')
  expect(say(catalogue, 'de', 'thanks')).toBe('en thanks {name}')
  for (const locale of ['fr', '', 'constructor', '__proto__', 'toString-x']) {
    expect(say(catalogue, locale, 'thanks')).toBe('en thanks {name}')
  }
})

test('L1: a placeholder’s value is text, never a pattern or a name of ours', () => {
  expect(say(catalogue, 'en', 'thanks', { name: '$& {name} $1' })).toBe('en thanks $& {name} $1')
  expect(say({ ...catalogue, en: { ...catalogue.en, thanks: '{constructor}' } }, 'en', 'thanks')).toBe('{constructor}')
})

test('Rule 10: equal arguments have one spelling, whatever the order of their keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const spelled = canonicalJson(value)
      expect(canonicalJson(JSON.parse(spelled))).toBe(spelled)
      expect(canonicalJson(shuffled(value))).toBe(spelled)
    }),
  )
})

test('Rule 10: different arguments have different spellings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = JSON.stringify(normal(a)) === JSON.stringify(normal(b))
      expect(canonicalJson(a) === canonicalJson(b)).toBe(same)
    }),
  )
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
  expect(canonicalJson(undefined)).toBe('null')
})

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  )
}

/** Sorted by an independent road: a list of entries. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(normal)]
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? 0 : value
  const entries = Object.entries(value).map(([key, item]) => [key, normal(item)] as const)
  return ['object', ...entries.toSorted(([a], [b]) => (a < b ? -1 : 1))]
}
