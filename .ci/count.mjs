// Reads the runner's reports for .ci/run: `files REPORT` names the files with a failed test, `sum FAILED REPORT [AGAIN]` prints what
// failed and the last line. FAILED is 1 when a step failed.
import { existsSync, readFileSync } from 'node:fs'

const [task, ...args] = process.argv.slice(2)
if (task === 'files') for (const file of failedFiles(read(args[0]))) console.log(file.name)
if (task === 'sum') process.exitCode = sum(args[0] !== '0', read(args[1]), read(args[2]))

/** A report that is not there is of tests that did not run. */
function read(path) {
  return path && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** Also a file that cannot even be loaded, or whose set-up fails. */
function failedFiles(report) {
  return report?.testResults.filter((file) => file.status === 'failed') ?? []
}

/** One entry for each failed test, and one for a file that failed without any. */
function failures(report) {
  return failedFiles(report).flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed')
    if (tests.length === 0) return [{ name: file.name, message: file.message }]
    return tests.map((test) => ({
      name: `${file.name}: ${test.title}`,
      message: test.failureMessages.join('\n').slice(0, 2000),
    }))
  })
}

function sum(stepFailed, report, again) {
  const first = failures(report)
  const last = again ? failures(again) : first
  const flaky = again ? first.filter(({ name }) => !last.some((failure) => failure.name === name)) : []
  // Said again at the end: the place where somebody who sees only the last lines looks.
  for (const { name, message } of flaky) console.log(`FLAKY ${name}\n${message}`)
  for (const { name, message } of last) console.log(`FAILED ${name}\n${message}`)
  const failed = last.length || (stepFailed || !report ? 1 : 0)
  const passed = (report?.numPassedTests ?? 0) + flaky.length
  console.log(
    `${passed} passed, ${failed} failed${flaky.length > 0 ? `, ${flaky.length} of the passed only alone` : ''}`,
  )
  return failed === 0 ? 0 : 1
}
