// The whole of `npm start` dies by kill -9 in mid-answer and is started again (P1, P2, P4): the README's demonstration.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Addresses } from '../../src/startup/addresses.ts'
import { createApiClient } from '../../stack/api-client.ts'
import { until } from '../support/until.ts'
import { startProcess, type TestProcess } from '../support/processes.ts'
import { createSandboxControl } from '../../stack/sandbox-control.ts'

let home = ''
let running: TestProcess | undefined
afterEach(async () => {
  await running?.kill('SIGTERM')
  await rm(home, { recursive: true, force: true })
})

async function startAll(ports: Record<string, string>): Promise<Addresses> {
  running = await startProcess({
    args: ['src/main.ts'],
    env: { ...ports, EVERDESK_HOME: home, DATABASE_URL: undefined, REDIS_URL: undefined, TEMPORAL_ADDRESS: undefined },
    ready: /everdesk is ready/,
    patience: 90_000,
  })
  return JSON.parse(await readFile(join(home, 'urls.json'), 'utf8')) as Addresses
}

test('P1: kill -9 of everything in mid-answer, start again: the conversation goes on and the answer comes once', async () => {
  home = await mkdtemp(join(tmpdir(), 'everdesk-killed-'))
  const first = await startAll({ PORT: '0' })
  const sandbox = createSandboxControl(first.sandbox ?? '')
  const ada = await createApiClient({ url: first.api, issuer: first.issuer, role: 'customer', sub: 'cust_1001' })
  const earlier = await ada.start('Where is my order 12346?')
  expect((await ada.settled(earlier.conversation, earlier.message)).status).toBe('answered')

  await sandbox.model({ tokens_per_second: 4 })
  const before = await sandbox.modelCalls()
  const { conversation, message } = await ada.start('Please tell me where order 12345 is')
  await until(async () => (await sandbox.modelCalls()) > before, 'the model writes')
  await running?.kill('SIGKILL')

  // The same ports, so that the tokens' issuer is the same; they are free again although nobody could clean up.
  const ports = { PORT: portOf(first.api), SANDBOX_PORT: portOf(first.sandbox ?? '') }
  const second = await startAll({ ...ports, TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', WORKER_METRICS_PORT: '0' })
  ada.moveTo(second.api)
  const answered = await ada.settled(conversation, message)
  expect(answered).toMatchObject({ status: 'answered', reply: { in_reply_to: [message] } })
  expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai'])
  expect((await ada.transcript(earlier.conversation)).map(({ role }) => role)).toEqual(['customer', 'ai'])
})

const portOf = (url: string): string => new URL(url).port
