import { parseArgs } from 'node:util'
import { SIZES } from './sizes.ts'

/** What the command line asks for. */
export interface FaultArguments {
  /** Absent with a planted bug alone: the short run that brings it out. */
  size?: keyof typeof SIZES
  seed: number
  /** A planted bug, to see the checker catch it. */
  plant?: string
  /** File that gets the report. */
  json?: string
  /** File that gets the whole record of the run. */
  history?: string
  /** Folder that gets the output of workers and APIs. */
  logs?: string
  /** Maintenance database of a PostgreSQL to use instead of one of our own. */
  postgres?: string
}

export const USAGE = `npm run faults -- --smoke|--full|--plant NAME [--seed N] [--json FILE] [--history FILE] [--postgres URL]

  --smoke            ${SIZES.smoke.conversations} conversations of ${SIZES.smoke.messages} messages, ${SIZES.smoke.faults} faults; some minutes
  --full             ${SIZES.full.conversations} conversations of ${SIZES.full.messages} messages, ${SIZES.full.faults} faults
  --small            ${SIZES.small.conversations} conversations, ${SIZES.small.faults} faults; to see that everything works
  --seed N           decides load and faults exactly; by the clock when absent
  --plant NAME       with a planted bug, which must be caught; without a size, in a short run made for it
  --json FILE        write the report
  --history FILE     write everything that was recorded, for \`node faults/check.ts FILE\`
  --logs FOLDER      keep the output of workers and APIs
  --postgres URL     maintenance database of a PostgreSQL to use; else one of our own is started`

/** Reads the command line. Throws an Error whose message is for people. */
export function readArguments(args: string[]): FaultArguments | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      smoke: { type: 'boolean' },
      full: { type: 'boolean' },
      small: { type: 'boolean' },
      seed: { type: 'string' },
      plant: { type: 'string' },
      json: { type: 'string' },
      history: { type: 'string' },
      logs: { type: 'string' },
      postgres: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const sizes = (['smoke', 'full', 'small'] as const).filter((name) => values[name] === true)
  const [size] = sizes
  if (sizes.length > 1 || (size === undefined && values.plant === undefined)) {
    throw new Error(`Say --smoke or --full.\n\n${USAGE}`)
  }
  if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed)) {
    throw new Error(`--seed is a number of at most nine digits, not "${values.seed}".`)
  }
  const { plant, json, history, logs, postgres } = values
  return {
    ...(size === undefined ? {} : { size }),
    seed: values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed),
    ...(plant === undefined ? {} : { plant }),
    ...(json === undefined ? {} : { json }),
    ...(history === undefined ? {} : { history }),
    ...(logs === undefined ? {} : { logs }),
    ...(postgres === undefined ? {} : { postgres }),
  }
}
