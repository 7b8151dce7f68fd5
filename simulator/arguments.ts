import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { SIMULATED } from '../planted/index.ts'

export type SimulatorArguments = {
  episodes: number
  seed: number
  threads: number
  /** Rules to switch off, one after the other; empty: the product as it is. */
  without: string[]
  /** Shrink one seed of each kind of violation and tell its story. */
  shrink: boolean
  json: string | null
}

export const USAGE = `npm run simulate -- [--episodes N] [--seed N] [--threads N] [--without RULE|all] [--no-shrink] [--json FILE]

  --episodes N     random interleavings to play (10000; 6000 without a rule)
  --seed N         the first one's seed (1); one more for each
  --threads N      threads to use (one a core)
  --without RULE   switch a rule of the product off as it is loaded, and see that this is noticed; "all": each in turn
  --no-shrink      do not look for the shortest interleaving that fails
  --json FILE      write the result

Rules: ${SIMULATED.join(', ')}`

/** Reads the command line. Throws an Error whose message is for people. */
export function readArguments(args: string[]): SimulatorArguments | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      episodes: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      without: { type: 'string' },
      'no-shrink': { type: 'boolean' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const { without } = values
  if (without !== undefined && without !== 'all' && !SIMULATED.includes(without)) {
    throw new Error(`There is no rule "${without}" to switch off.\n\n${USAGE}`)
  }
  return {
    episodes: atLeastOne('--episodes', values.episodes ?? (without === undefined ? '10000' : '6000')),
    seed: atLeastOne('--seed', values.seed ?? '1'),
    threads: atLeastOne('--threads', values.threads ?? String(availableParallelism())),
    without: without === undefined ? [] : without === 'all' ? [...SIMULATED] : [without],
    shrink: values['no-shrink'] !== true,
    json: values.json ?? null,
  }
}

function atLeastOne(name: string, value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw new Error(`${name} is a number of at least 1, not "${value}".`)
}
