// The smoke run of the fault rig, as `npm run faults -- --smoke` does it, with a fixed seed.
import { expect, test } from 'vitest'
import { postgresPrograms } from '../../stack/postgres.ts'
import { hasRedisServer } from '../../stack/redis.ts'
import { tell } from '../../faults/report.ts'
import { runFaults } from '../../faults/run.ts'
import { SIZES } from '../../faults/sizes.ts'

const MINUTE = 60_000

test.runIf(postgresPrograms() !== undefined && hasRedisServer())(
  'P1-P8: 200 conversations under 40 faults break no promise',
  { timeout: 40 * MINUTE },
  async () => {
    let { report, violations } = await runFaults({ size: SIZES.smoke, seed: 1 })
    // A run whose faults found too little in flight proves nothing either way: it does not count, and is made again.
    if (violations.length === 0 && !report.ok)
      ({ report, violations } = await runFaults({ size: SIZES.smoke, seed: 2 }))
    // The whole report, so that a failure says in words what was broken.
    expect(tell(report, violations)).toContain('No promise was broken.')
    expect(report).toMatchObject({ violations: {}, faults: { planned: 40 }, ok: true })
  },
)
