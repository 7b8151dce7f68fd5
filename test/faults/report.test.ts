import { describe, expect, test } from 'vitest'
import type { FaultRecord, History } from '../../faults/history.ts'
import { reportOn, tell } from '../../faults/report.ts'

const fault = (kind: string, recovery: number | null, hit = true): FaultRecord => ({
  kind,
  target: 'worker 1',
  startedAt: 0,
  healedAt: 1,
  inFlight: hit ? 3 : 0,
  hit,
  recovery,
})

const history = (faults: FaultRecord[]): History => ({
  seed: 5,
  startedAt: 0,
  endedAt: 1,
  limits: { textLength: 5000, modelCallsPerTurn: 6, toolCallsPerTurn: 40, costPerConversation: 1, turn: 1 },
  operations: (['ok', 'ok', 'fail', 'unknown'] as const).map((outcome, index) => ({
    id: index + 1,
    actor: 'cust_1001',
    conversation: 'c',
    invokedAt: index,
    endedAt: index,
    outcome,
    status: 200,
    kind: 'poll',
    messageId: 'm',
    seen: null,
  })),
  streams: [],
  faults,
  ledger: [],
  store: {
    conversations: [],
    messages: [],
    events: [],
    turns: [],
    steps: [],
    effects: [],
    handoffs: [],
    stuck: [],
  },
})

const lost = { kind: 'accepted-lost', explanation: 'Message m was accepted and is nowhere.' }

describe('the report of a run', () => {
  test('counts operations, faults that hit, and the share of unknown outcomes', () => {
    const faults = [3, 1, 2].map((recovery) => fault('worker-kill', recovery * 1000))
    expect(reportOn(history(faults), 3, [])).toEqual({
      seed: 5,
      operations: 4,
      faults: { planned: 3, hit: 3 },
      violations: {},
      unknown: 0.25,
      recovery_ms: { 'worker-kill': { p50: 2000, p95: 3000, max: 3000 } },
      ok: true,
    })
  })

  test('is not ok when a promise was broken, and names it', () => {
    const report = reportOn(history([fault('line-cut', 5)]), 1, [lost, lost])
    expect(report).toMatchObject({ violations: { 'accepted-lost': 2 }, ok: false })
    expect(tell(report, [lost, lost])).toContain('VIOLATED 2 times: accepted-lost\n  Message m was accepted')
  })

  test('does not count when fewer than 90 % of the faults reached work in flight', () => {
    const faults = Array.from({ length: 10 }, (_, index) => fault('line-cut', 5, index > 1))
    const report = reportOn(history(faults), 10, [])
    expect(report).toMatchObject({ faults: { planned: 10, hit: 8 }, ok: false })
    expect(tell(report, [])).toContain('this run does not count')
  })

  test('a fault that never struck is missing from the hits', () => {
    expect(reportOn(history([fault('line-cut', 5)]), 2, []).ok).toBe(false)
  })

  test('work that never recovered has no time of recovery', () => {
    expect(reportOn(history([fault('line-cut', null)]), 1, []).recovery_ms).toEqual({})
  })
})
