// Who joins a model call that began ahead of Temporal, and what becomes of one that nobody joins.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallBegun } from '../../src/activities/begin-call.ts'
import { createHeadStarts } from '../../src/activities/head-starts.ts'
import type { TurnRef } from '../../src/activities/types.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const turn = (number = 1) => ({ conversationId: 'conv_1', turn: number })
const round = { conversationId: 'conv_1', turn: 1, round: 1 }
const open = () => new AbortController().signal
const STALE: CallBegun = { kind: 'stale' }

/** Calls that answer `stale`, or what the test says; `signals` are theirs, in order. */
function starts(outcome: () => Promise<CallBegun> = async () => STALE) {
  const signals: AbortSignal[] = []
  const metrics = createMetrics()
  const logger = { info: () => undefined } as unknown as Parameters<typeof createHeadStarts>[0]['logger']
  const heads = createHeadStarts({ metrics, logger })
  const begin = (of: TurnRef, leave?: AbortController) =>
    heads.begin(
      of,
      (signal) => {
        signals.push(signal)
        return outcome()
      },
      leave,
    )
  const counted = async (as: string) => {
    const { values } = await metrics.headStarts.get()
    return values.find(({ labels }) => labels.outcome === as)?.value ?? 0
  }
  return { heads: { ...heads, begin }, signals, counted }
}

test('N1: the first attempt joins what has begun; the next one begins anew', async () => {
  const { heads, signals, counted } = starts()
  heads.begin(turn())
  expect(await heads.join(round, open())).toBe(STALE)
  expect(heads.join(round, open())).toBeNull()
  await vi.advanceTimersByTimeAsync(20_000)
  expect([signals.length, signals[0]?.aborted, await counted('joined'), await counted('left')]).toEqual([
    1,
    false,
    1,
    0,
  ])
})

test('N1: another round, turn or conversation joins nothing', () => {
  const { heads } = starts()
  heads.begin(turn())
  expect(heads.join({ ...round, round: 2 }, open())).toBeNull()
  expect(heads.join({ ...round, turn: 2 }, open())).toBeNull()
  expect(heads.join({ ...round, conversationId: 'conv_2' }, open())).toBeNull()
})

test('P5: who joined and is cancelled ends the call, also when that was before', () => {
  const { heads, signals } = starts()
  heads.begin(turn())
  heads.begin(turn(2))
  const cancelled = new AbortController()
  void heads.join(round, cancelled.signal)
  expect(signals[0]?.aborted).toBe(false)
  cancelled.abort()
  void heads.join({ ...round, turn: 2 }, cancelled.signal)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
})

test('P8: what nobody joins is ended and counted, and cannot be joined any more', async () => {
  const { heads, signals, counted } = starts()
  heads.begin(turn())
  await vi.advanceTimersByTimeAsync(10_000)
  expect([signals[0]?.aborted, heads.join(round, open()), await counted('left')]).toEqual([true, null, 1])
})

test('P8: no more than fifty wait to be joined', async () => {
  const { heads, signals } = starts()
  for (let number = 1; number <= 60; number += 1) heads.begin(turn(number))
  expect(signals).toHaveLength(50)
  await heads.join(round, open())
  heads.begin(turn(61))
  expect(signals).toHaveLength(51)
  const oneTooMany = new AbortController()
  heads.begin(turn(62), oneTooMany)
  expect([signals.length, oneTooMany.signal.aborted]).toEqual([51, true])
})

test('P1: a failure is heard by who joins, and by nobody else', async () => {
  const { heads } = starts(async () => {
    throw new Error('the store is away')
  })
  heads.begin(turn())
  heads.begin(turn(2))
  await vi.advanceTimersByTimeAsync(0)
  await expect(heads.join(round, open())).rejects.toThrow('the store is away')
})
