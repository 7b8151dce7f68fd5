import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../../stack/process.ts'

test('a process that is not ready in time is ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'everdesk-process-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const log = join(folder, 'log')
  const args = ['--eval', 'console.log(process.pid); setTimeout(() => 0, 100_000)']
  await expect(startProcess({ args, ready: /never/, patience: 3_000, log })).rejects.toThrow('did not write')
  const pid = Number(readFileSync(log, 'utf8'))
  expect(pid).toBeGreaterThan(0)
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})
