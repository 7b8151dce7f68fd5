import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface EvalArguments {
  /** File of labelled first messages. */
  utterances: string
  /** Rows to send, from the first; all when absent. */
  limit?: number
  /** Conversations at a time. */
  concurrency: number
  /** File that gets all figures and each row's result. */
  json?: string
}

export const USAGE = `npm run eval -- --utterances FILE [--limit N] [--concurrency N] [--json FILE]

  --utterances FILE   labelled first messages, one JSON object a line: {id, text, intent, also_accept}
  --limit N           send only the first N
  --concurrency N     conversations at a time (8)
  --json FILE         write all figures and each row's result; no text of a message`

const USUAL_CONCURRENCY = 8

/** Reads the command line. Throws an Error whose message is for people. */
export function readArguments(args: string[]): EvalArguments | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      utterances: { type: 'string' },
      limit: { type: 'string' },
      concurrency: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  if (values.utterances === undefined) throw new Error(`Name a file with --utterances.\n\n${USAGE}`)
  const limit = values.limit === undefined ? {} : { limit: atLeastOne('--limit', values.limit) }
  const json = values.json === undefined ? {} : { json: values.json }
  const concurrency = atLeastOne('--concurrency', values.concurrency ?? String(USUAL_CONCURRENCY))
  return { utterances: values.utterances, concurrency, ...limit, ...json }
}

function atLeastOne(name: string, value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value)
  throw new Error(`${name} is a number of at least 1, not "${value}".`)
}
