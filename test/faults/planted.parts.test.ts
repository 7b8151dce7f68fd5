// The rig must be able to fail: each planted bug is caught in a short run of its own, and the same loads without it are clean.
import { describe, expect, test } from 'vitest'
import { PLANTED_RUNS, type PlantedRun } from '../../faults/planted-runs.ts'
import { tell } from '../../faults/report.ts'
import { runFaults } from '../../faults/run.ts'
import { postgresPrograms } from '../../stack/postgres.ts'
import { hasRedisServer } from '../../stack/redis.ts'

const SEED = 1
const MINUTE = 60_000
const HAS_PARTS = postgresPrograms() !== undefined && hasRedisServer()

/** Bugs of each kind of damage: to a message, to a write, to a person's floor. */
const CLEAN = ['relay-off', 'ledger-look-up-skipped', 'floor-check-skipped']

const runOf = ({ size, kinds, shape }: PlantedRun) => ({ size, kinds, shape, seed: SEED })

describe.runIf(HAS_PARTS)('planted bugs', () => {
  test.each(PLANTED_RUNS.map((run) => [run.plant, run] as const))(
    '%s is caught',
    async (plant, run) => {
      const { report } = await runFaults({ ...runOf(run), plant })
      expect(report.ok).toBe(false)
      expect(run.caughtAs.filter((kind) => Object.hasOwn(report.violations, kind))).not.toEqual([])
    },
    5 * MINUTE,
  )

  test.each(PLANTED_RUNS.filter(({ plant }) => CLEAN.includes(plant)).map((run) => [run.plant, run] as const))(
    'without %s the same load and faults break no promise',
    async (_, run) => {
      const { report, violations } = await runFaults(runOf(run))
      // The whole report, so that a failure says in words what was broken.
      expect(tell(report, violations)).toContain('No promise was broken.')
    },
    5 * MINUTE,
  )
})
