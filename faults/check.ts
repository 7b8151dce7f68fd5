// node faults/check.ts HISTORY.json: what a recorded run says of the promises. Exit code 1 when one was broken.
import { readFile } from 'node:fs/promises'
import { check, countByKind } from './checker/index.ts'
import type { History } from './history.ts'

/** Lines printed of one kind; the count says how many there are. */
const MOST_LINES = 10

async function main(path: string | undefined): Promise<void> {
  if (path === undefined) {
    console.error('Name the history: node faults/check.ts HISTORY.json')
    process.exitCode = 2
    return
  }
  const history = JSON.parse(await readFile(path, 'utf8')) as History
  const violations = check(history)
  for (const [kind, count] of Object.entries(countByKind(violations))) {
    console.log(`${String(count).padStart(6)}  ${kind}`)
    for (const violation of violations.filter((each) => each.kind === kind).slice(0, MOST_LINES)) {
      console.log(`        ${violation.conversation ?? '-'}: ${violation.explanation}`)
    }
  }
  console.log(`${violations.length} violations in ${history.operations.length} operations, seed ${history.seed}`)
  process.exitCode = violations.length > 0 ? 1 : 0
}

await main(process.argv[2])
