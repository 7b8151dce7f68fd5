// `npm run bench -- --quick`: measures what everdesk costs. Exit code 1 when something promised did not hold, 2 when it could not run.
import { readFile, writeFile } from 'node:fs/promises'
import { type BenchArguments, readArguments, USAGE } from './arguments.ts'
import { capacityReport } from './capacity-report.ts'
import { compare } from './compare.ts'
import { openConversations } from './open-conversations.ts'
import { openReport } from './open-report.ts'
import { FULL, QUICK } from './plans.ts'
import { report } from './report.ts'
import type { Results } from './results.ts'
import { run } from './run.ts'
import { SOAK, soak } from './soak.ts'
import { soakReport } from './soak-report.ts'
import { closeSystems } from './system.ts'
import { verdicts, win, WIN } from './win.ts'
import { winReport } from './win-report.ts'

const began = Date.now()
const note = (line: string) =>
  console.error(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${line}`)

const readResults = async (file: string): Promise<Results> => JSON.parse(await readFile(file, 'utf8')) as Results

/** What is printed and written, and whether all of it held. */
type Done = { text: string; json?: object; held?: boolean }

async function carryOut(asked: BenchArguments): Promise<Done> {
  switch (asked.do) {
    case 'help':
      return { text: USAGE }
    case 'compare': {
      const [a, b] = asked.files
      return { text: compare(await readResults(a), await readResults(b)) }
    }
    case 'capacity':
      return { text: capacityReport(await readResults(asked.file)) }
    case 'measure': {
      const outcome = await run({ engine: asked.engine, plan: { quick: QUICK, full: FULL }[asked.size], note })
      return { text: report(outcome), json: outcome.results }
    }
    case 'open': {
      const plan = { conversations: asked.conversations, workers: 2, concurrency: 16, idle: 5000 }
      const found = await openConversations({ engine: asked.engine, plan, note })
      return { text: openReport(found), json: found }
    }
    case 'soak': {
      const found = await soak({
        engine: asked.engine,
        plan: { ...SOAK, minutes: asked.minutes, rate: asked.rate },
        note,
      })
      return { text: soakReport(found), json: found, held: found.good_minutes === found.minutes.length }
    }
    case 'win': {
      const found = await win({ engine: asked.engine, plan: WIN, note })
      return { text: winReport(found), json: found, held: verdicts(found).every(([, , holds]) => holds) }
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    note('Stopping everything ...')
    void closeSystems().finally(() => process.exit(2))
  })
}

try {
  const asked = readArguments(process.argv.slice(2))
  const { text, json, held = true } = await carryOut(asked)
  console.log(text)
  if ('json' in asked && asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(json, null, 2)}\n`)
  process.exitCode = held ? 0 : 1
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
