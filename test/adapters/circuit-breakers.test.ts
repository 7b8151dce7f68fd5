import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCircuitBreakers } from '../../src/adapters/circuit-breakers.ts'
import { OutsideError } from '../../src/domain/errors.ts'
import type { FailureType } from '../../src/domain/errors.ts'
import { caught } from '../support/caught.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function setUp() {
  const states: string[] = []
  const breakers = createCircuitBreakers({ onState: (dependency, state) => states.push(`${dependency} ${state}`) })
  let calls = 0
  const run = (outcome: unknown = 'ok', dependency = 'crm'): Promise<unknown> =>
    breakers.run(dependency, async () => {
      calls += 1
      if (outcome instanceof Error) throw outcome
      return outcome
    })
  const failTimes = async (times: number, error: Error) => {
    for (let time = 0; time < times; time += 1) await caught(run(error))
  }
  return { run, failTimes, states, breakers, calls: () => calls }
}
const failure = (type: FailureType) => new OutsideError(type, 'crm', 'no')
const OPEN = { type: 'CircuitOpen', dependency: 'crm', ambiguous: false }

describe('a circuit', () => {
  test.each([
    'BackendError.Unavailable',
    'BackendError.Timeout',
    'BackendError.Malformed',
    'BackendError.RateLimited',
    'ModelError.Unavailable',
  ] as const)('opens after five %s in a row and rests for five seconds', async (type) => {
    const { run, failTimes, states, calls } = setUp()
    await failTimes(4, failure(type))
    expect(states).toEqual([])
    await failTimes(1, failure(type))
    vi.advanceTimersByTime(2_000)
    expect(await caught(run())).toEqual({ ...OPEN, retryAfter: 3_000 })
    expect({ states, calls: calls() }).toEqual({ states: ['crm open'], calls: 5 })
  })

  test('stays closed for refusals, for our own mistakes and when a success comes between', async () => {
    const { run, failTimes, states } = setUp()
    await failTimes(9, failure('BackendError.Refused'))
    await failTimes(9, new Error('abort'))
    await failTimes(4, failure('BackendError.Timeout'))
    await run()
    await failTimes(4, failure('BackendError.Timeout'))
    await failTimes(1, failure('BackendError.Refused'))
    await failTimes(4, failure('BackendError.Timeout'))
    expect(states).toEqual([])
  })

  test('lets one trial through after its rest, while others are turned away, and closes when it works', async () => {
    const { run, failTimes, states, breakers } = setUp()
    await failTimes(5, failure('BackendError.Unavailable'))
    vi.advanceTimersByTime(5_000)
    const trial = Promise.withResolvers<string>()
    const trying = breakers.run('crm', () => trial.promise)
    expect(await caught(run())).toEqual({ ...OPEN, retryAfter: 1000 })
    trial.resolve('works')
    expect(await trying).toBe('works')
    expect(await run()).toBe('ok')
    expect(states).toEqual(['crm open', 'crm half_open', 'crm closed'])
  })

  test('rests twice as long after each trial that fails, a minute at most, and starts anew once it has worked', async () => {
    const { run, failTimes } = setUp()
    await failTimes(5, failure('BackendError.Unavailable'))
    const rests: unknown[] = []
    for (let trial = 0; trial < 6; trial += 1) {
      const { retryAfter } = (await caught(run())) as { retryAfter: number }
      rests.push(retryAfter)
      vi.advanceTimersByTime(retryAfter)
      await failTimes(1, failure('BackendError.Unavailable'))
    }
    expect(rests).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
    vi.advanceTimersByTime(60_000)
    await run()
    await failTimes(5, failure('BackendError.Unavailable'))
    expect(await caught(run())).toEqual({ ...OPEN, retryAfter: 5_000 })
  })

  test.each([failure('BackendError.Timeout'), new Error('aborted by a takeover')])(
    'opens again when the trial ends in "%s"',
    async (error) => {
      const { run, failTimes, states } = setUp()
      await failTimes(5, failure('BackendError.Unavailable'))
      vi.advanceTimersByTime(5_000)
      await caught(run(error))
      expect(await caught(run())).toEqual({ ...OPEN, retryAfter: 10_000 })
      expect(states).toEqual(['crm open', 'crm half_open', 'crm open'])
    },
  )

  test('of one dependency says nothing of another', async () => {
    const { run, failTimes } = setUp()
    await failTimes(5, failure('BackendError.Unavailable'))
    expect(await run('ok', 'orders')).toBe('ok')
  })
})
