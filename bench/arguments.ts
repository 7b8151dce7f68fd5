import { parseArgs } from 'node:util'
import { ENGINES, type EngineName } from './engine-names.ts'

/** What the command line asks for: one thing to do, with what belongs to it. */
export type BenchArguments =
  | { do: 'help' }
  | { do: 'compare'; files: [string, string] }
  | { do: 'capacity'; file: string }
  | ({ do: 'measure'; size: 'quick' | 'full' } & Common)
  | ({ do: 'win' } & Common)
  | ({ do: 'open'; conversations: number } & Common)
  | ({ do: 'soak'; minutes: number; rate: number } & Common)

type Common = { engine: EngineName; json?: string }

export const USAGE = `npm run bench -- --quick|--full|--win|--open N|--soak MINUTES [--engine memory|file|postgres] [--json FILE]
npm run bench -- --compare A B
npm run bench -- --capacity FILE

  --quick            turns a second, added latency, processor time, history, storage, memory; under three minutes
  --full             the same with more cells, 1,000 conversations and arrivals at random; about twenty minutes
  --win              where the platform saves time and tokens, first token, recovery after kill -9
  --open N           N open conversations: start, idle, wake 1 %, restart every worker, wake 1 %
  --soak MINUTES     a steady load with one fault a minute
  --rate N           messages a second of a soak (10)
  --engine NAME      Temporal in memory, on a WAL file (file), or on PostgreSQL
  --json FILE        write the figures
  --compare A B      two files of figures side by side
  --capacity FILE    what 100,000 and 10 million messages a day need, by a file of figures`

/** Reads the command line. Throws an Error whose message is for people. */
export function readArguments(args: string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      full: { type: 'boolean' },
      win: { type: 'boolean' },
      open: { type: 'string' },
      soak: { type: 'string' },
      rate: { type: 'string' },
      compare: { type: 'boolean' },
      capacity: { type: 'string' },
      engine: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return { do: 'help' }
  const wanted = (['quick', 'full', 'win', 'open', 'soak', 'compare', 'capacity'] as const).filter(
    (name) => values[name] !== undefined,
  )
  const [what] = wanted
  if (wanted.length !== 1 || what === undefined) {
    throw new Error(`Say one of --quick, --full, --win, --open, --soak, --compare and --capacity.\n\n${USAGE}`)
  }
  if (what === 'compare') {
    const [a, b] = positionals
    if (a === undefined || b === undefined || positionals.length > 2) {
      throw new Error(`--compare takes two files.\n\n${USAGE}`)
    }
    return { do: 'compare', files: [a, b] }
  }
  if (positionals.length > 0) throw new Error(`What is "${positionals.join(' ')}"?\n\n${USAGE}`)
  if (what === 'capacity') return { do: 'capacity', file: values.capacity ?? '' }
  const engine = ENGINES.find((name) => name === (values.engine ?? 'file'))
  if (engine === undefined) throw new Error(`--engine is one of ${ENGINES.join(', ')}, not "${values.engine ?? ''}".`)
  const common: Common = { engine, ...(values.json === undefined ? {} : { json: values.json }) }
  if (what === 'win') return { do: 'win', ...common }
  if (what === 'open') return { do: 'open', conversations: count('--open', values.open), ...common }
  if (what === 'soak') {
    return { do: 'soak', minutes: count('--soak', values.soak), rate: count('--rate', values.rate ?? '10'), ...common }
  }
  return { do: 'measure', size: what, ...common }
}

function count(name: string, value = ''): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value)
  throw new Error(`${name} is a number of at least 1, not "${value}".`)
}
