// `npm run faults`: breaks everdesk on purpose and counts what was lost.
import { mkdir, writeFile } from 'node:fs/promises'
import { postgresPrograms } from '../stack/postgres.ts'
import { hasRedisServer } from '../stack/redis.ts'
import { type FaultArguments, readArguments, USAGE } from './arguments.ts'
import { PLANTED_RUNS } from './planted-runs.ts'
import { tell } from './report.ts'
import { type RunOptions, runFaults } from './run.ts'
import { SIZES } from './sizes.ts'

/** 1: a promise was broken, or the run does not count. 2: there was no run. */
async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2))
  if (asked === 'help') {
    console.log(USAGE)
    return 0
  }
  if (asked.postgres === undefined && postgresPrograms() === undefined) {
    throw new Error(
      'There is no PostgreSQL to start here. Install one (`apt-get install postgresql`), or name one with --postgres URL.',
    )
  }
  if (!hasRedisServer()) throw new Error('There is no Redis here. Install one: `apt-get install redis-server`.')
  if (asked.logs !== undefined) await mkdir(asked.logs, { recursive: true })
  const stop = new AbortController()
  // A terminal sends it twice, to the group and by npm; the second changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  const { report, violations, history } = await runFaults({
    ...what(asked),
    seed: asked.seed,
    until: stop.signal,
    note: (line) => console.error(line),
    ...(asked.plant === undefined ? {} : { plant: asked.plant }),
    ...(asked.logs === undefined ? {} : { logs: asked.logs }),
    ...(asked.postgres === undefined ? {} : { postgresUrl: asked.postgres }),
  })
  if (asked.history !== undefined) await writeFile(asked.history, JSON.stringify(history))
  if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(report, null, 2)}\n`)
  console.log(tell(report, violations))
  return report.ok ? 0 : 1
}

/** A size, or what brings the planted bug out. */
function what({ size, plant }: FaultArguments): Pick<RunOptions, 'size' | 'kinds' | 'shape'> {
  if (size !== undefined) return { size: SIZES[size] }
  const run = PLANTED_RUNS.find((each) => each.plant === plant)
  if (run) return { size: run.size, kinds: run.kinds, shape: run.shape }
  const names = PLANTED_RUNS.map((each) => each.plant).join(', ')
  throw new Error(`There is no run of its own for "${plant}"; say --smoke too. There is one for ${names}.`)
}

// Exits by itself: connections that are kept open for reuse would hold the process for minutes.
try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(2)
}
