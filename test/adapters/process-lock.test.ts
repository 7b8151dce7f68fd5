import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LockHeld, takeProcessLock } from '../../src/adapters/process-lock.ts'
import { startProcess } from '../support/processes.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everdesk-lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rm(folder, { recursive: true }))

const HOLD = `
  import { takeProcessLock } from ${JSON.stringify(join(import.meta.dirname, '../../src/adapters/process-lock.ts'))}
  try {
    takeProcessLock(process.env.LOCK, 'it')
    console.log('held')
    setInterval(() => {}, 1000)
  } catch (error) {
    console.log('refused', error.message)
  }`
const taker = () =>
  startProcess({ args: ['--input-type=module-typescript', '--eval', HOLD], env: { LOCK: file }, ready: /held|refused/ })

test('one process holds it, the next one after its release', () => {
  const release = takeProcessLock(file, 'The folder')
  expect(() => takeProcessLock(file, 'The folder')).toThrow(
    new LockHeld(
      `The folder is in use by process ${process.pid}. Stop that one first, or set EVERDESK_HOME to another folder.`,
    ),
  )
  release()
  release()
  takeProcessLock(file, 'The folder')()
})

test('of several processes one gets it, and after its kill -9 exactly one of the next', async () => {
  for (const round of [1, 2]) {
    const takers = await Promise.all([1, 2, 3, 4].map(taker))
    const holders = takers.filter((each) => each.output().startsWith('held'))
    expect([round, holders.length]).toEqual([round, 1])
    await holders[0]?.kill('SIGKILL')
  }
})
