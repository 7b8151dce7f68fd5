import { describe, expect, test } from 'vitest'
import { KINDS } from '../../faults/checker/index.ts'
import { faultsNamed } from '../../faults/nemesis/faults.ts'
import { planLoad } from '../../faults/plan/load-plan.ts'
import { PLANTED_RUNS } from '../../faults/planted-runs.ts'
import { BUGS } from '../../planted/bugs/index.ts'

describe('runs for planted bugs', () => {
  test('each of the twelve bugs has one, and says what provokes it', () => {
    expect(PLANTED_RUNS.map(({ plant }) => plant).sort()).toEqual(BUGS.map(({ name }) => name).sort())
    expect(BUGS).toHaveLength(12)
    expect(BUGS.filter(({ provokedBy }) => provokedBy === undefined)).toEqual([])
  })

  test.each(PLANTED_RUNS.map((run) => [run.plant, run] as const))('%s names faults and kinds that exist', (_, run) => {
    expect(faultsNamed(run.kinds).map(({ kind }) => kind)).toEqual(run.kinds)
    const kinds = KINDS.map(({ name }) => name)
    expect(run.caughtAs.filter((kind) => !kinds.includes(kind))).toEqual([])
    expect(run.caughtAs).not.toEqual([])
    // Without a fault to choose from, none may be asked for.
    expect(run.size.faults > 0).toBe(run.kinds.length > 0)
  })

  test('writes on orders come from their owners, one order a conversation', () => {
    const cancels = PLANTED_RUNS.find(({ plant }) => plant === 'ledger-look-up-skipped')
    const plans = planLoad(1, { conversations: 8, messages: 2 }).map((plan) => cancels?.shape(plan) ?? plan)
    const orders = plans.map(({ messages }) => messages[1]?.intent)
    expect(orders.every((intent) => intent?.wants === 'write' && intent.operation === 'cancel_order')).toBe(true)
    expect(new Set(plans.map(({ customer }) => customer)).size).toBe(8)
  })
})
