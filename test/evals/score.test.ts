import { describe, expect, test } from 'vitest'
import { mustHold } from '../../evals/must-hold.ts'
import { percentile, score } from '../../evals/score.ts'
import { byModel, resultOf } from './rows.ts'

const ticket = { system: 'ticketing', operation: 'create_ticket', of: 'handoff' as const }
const mail = { system: 'mail', operation: 'reset_password', of: 'tool' as const }

describe('score', () => {
  test('routing counts the label strictly, and what is right too leniently', () => {
    const { routing } = score(
      [
        resultOf(),
        resultOf({ route: byModel('account'), also_accept: ['account'] }),
        resultOf({ route: byModel('none') }),
        resultOf({ intent: 'none', route: byModel('none') }),
      ],
      null,
    )
    const counts = Object.entries({ all: routing.overall, ...routing.intents }).map(([name, figures]) => [
      name,
      figures.rows,
      figures.strict.count,
      figures.lenient.count,
      figures.by_rules.count,
    ])
    expect(counts).toEqual([
      ['all', 4, 2, 3, 1],
      ['order', 3, 1, 2, 1],
      ['none', 1, 1, 1, 0],
    ])
  })

  test('rules are judged only by what they decided', () => {
    const wrong = resultOf({ intent: 'account', also_accept: ['order'] })
    const { rules } = score([resultOf(), wrong, resultOf({ route: byModel('none') })], null)
    expect(rules).toEqual({
      coverage: { count: 2, of: 3, share: 2 / 3 },
      strict: { count: 1, of: 2, share: 0.5 },
      lenient: { count: 2, of: 2, share: 1 },
    })
  })

  test('a wish for a person is met by the route or by the handoff', () => {
    const wish = { intent: 'escalation' as const }
    const { escalation_recall } = score(
      [
        resultOf({ ...wish, route: byModel('escalation') }),
        resultOf({ ...wish, route: byModel('order'), outcome: 'handed_off', handed_off: true }),
        resultOf({ ...wish, route: byModel('none') }),
        resultOf({ handed_off: true }),
      ],
      null,
    )
    expect(escalation_recall).toEqual({ count: 2, of: 3, share: 2 / 3 })
  })

  test('of rows without a request, the ticket of a handoff is no write of a tool', () => {
    const none = { intent: 'none' as const }
    const { none: counted, writes } = score(
      [
        resultOf({ ...none, tools: ['a'], writes: [mail] }),
        resultOf({ ...none, handed_off: true, writes: [ticket] }),
        resultOf({ writes: [mail] }),
      ],
      null,
    )
    expect({ counted, writes }).toEqual({
      counted: { rows: 2, with_tool: 1, with_write: 1, handed_off: 1 },
      writes: { tool: 2, handoff: 1 },
    })
  })

  test('no rows give no shares instead of a division by zero', () => {
    const figures = score([], 0)
    expect(figures.routing.overall.strict).toEqual({ count: 0, of: 0, share: null })
    expect(figures.latency).toEqual({ p50: null, p95: null })
    expect(figures.cost_usd).toEqual({ total: 0, mean: null })
  })
})

describe('must hold', () => {
  const broken = (...results: Parameters<typeof resultOf>[0][]) =>
    mustHold(score(results.map(resultOf), null)).map((promise) => promise.broken)

  test('answered and handed off rows break nothing', () => {
    expect(broken({}, { outcome: 'handed_off', handed_off: true })).toEqual([0, 0, 0, 0])
  })
  test('a failed row is neither answered nor handed off', () =>
    expect(broken({ outcome: 'failed' })).toEqual([1, 0, 0, 0]))
  test('a lost row', () => expect(broken({ outcome: 'lost' })).toEqual([1, 1, 0, 0]))
  test('a refused row', () => expect(broken({ outcome: 'refused' })).toEqual([1, 0, 0, 0]))
  test('a doubled row', () => expect(broken({ doubled: ['two answers'] })).toEqual([0, 0, 1, 0]))
  test('a write without a request', () => expect(broken({ intent: 'none', writes: [mail] })).toEqual([0, 0, 0, 1]))
})

test('a percentile is a value that occurred', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([0.5, 0.95, 1].map((part) => percentile(hundred, part))).toEqual([50, 95, 100])
  expect(percentile([7], 0.95)).toBe(7)
  expect(percentile([], 0.5)).toBeNull()
})
