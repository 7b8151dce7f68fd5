// `npm run eval -- --utterances FILE`: sends labelled first messages of customers through everdesk and reports how it did.
// Exit code 1 when a promise was broken (evals/must-hold.ts), 2 when it could not run.
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { findRunning } from '../scripts/client/running-everdesk.ts'
import { readConfig } from '../src/config.ts'
import { readArguments, USAGE } from './arguments.ts'
import { CUSTOMERS } from './customers.ts'
import { mustHold } from './must-hold.ts'
import { startOwnStack } from './own-stack.ts'
import type { Stack } from './own-stack.ts'
import { showProgress } from './progress.ts'
import { report } from './report.ts'
import type { RowResult } from './row-result.ts'
import { run } from './run.ts'
import { score } from './score.ts'
import { readUtterances } from './utterances.ts'

const interrupted = new AbortController()
let stack: Stack | undefined
let interruptedAt = 0
// The first time, rows under way are finished and reported; the second time everything ends. Through npm one Ctrl-C arrives twice.
const SAME_KEYSTROKE = 1_000
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) {
      if (Date.now() - interruptedAt < SAME_KEYSTROKE) return
      void (stack?.stop() ?? Promise.resolve()).finally(() => process.exit(2))
      return
    }
    note('\nStopping after the rows under way ...')
    interruptedAt = Date.now()
    interrupted.abort()
  })
}
const note = (line: string) => console.error(line)

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2))
  if (asked === 'help') {
    console.log(USAGE)
    return 0
  }
  const all = await readUtterances(asked.utterances)
  const rows = all.slice(0, asked.limit)
  const { addresses, ours, stop } = (stack = await openStack())
  try {
    const began = Date.now()
    const seen: RowResult[] = []
    const progress = showProgress(() => {
      const bad = seen.filter(({ outcome, doubled }) => /failed|lost|refused/.test(outcome) || doubled.length > 0)
      return { done: seen.length, of: rows.length, bad: bad.length, elapsed: Date.now() - began }
    }, process.stderr)
    const { results, modelCalls } = await run({
      rows,
      addresses,
      concurrency: asked.concurrency,
      name: randomBytes(4).toString('hex'),
      from: ours ? 0 : Math.floor(Math.random() * CUSTOMERS),
      signal: interrupted.signal,
      onResult: (result) => seen.push(result),
    }).finally(progress.end)
    const figures = score(results, modelCalls)
    const label = {
      file: basename(asked.utterances),
      concurrency: asked.concurrency,
      took: Date.now() - began,
      unfinished: rows.length - results.length,
    }
    console.log(report(figures, label))
    if (asked.json !== undefined) {
      const written = { ...label, at: new Date(began).toISOString(), figures, rows: results }
      await writeFile(asked.json, `${JSON.stringify(written, null, 2)}\n`)
    }
    return interrupted.signal.aborted || mustHold(figures).some(({ broken }) => broken > 0) ? 1 : 0
  } finally {
    await stop()
  }
}

async function openStack(): Promise<Stack> {
  const config = readConfig()
  const running = await findRunning(config.home)
  if (running !== undefined) {
    note(`Using the everdesk that runs at ${running.api}.`)
    return { addresses: running, ours: false, stop: async () => undefined }
  }
  note('No everdesk runs here: starting one for this run ...')
  return startOwnStack(config, { note, signal: interrupted.signal })
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!interrupted.signal.aborted) note(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
