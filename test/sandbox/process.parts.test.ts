import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'everdesk-sandbox-process-'))
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

function start(port: number): ChildProcess {
  const child = spawn(process.execPath, ['sandbox/server.ts'], {
    env: { ...process.env, SANDBOX_PORT: String(port), EVERDESK_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  return child
}

async function urlOf(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk)
    const url = /^sandbox: (http:\/\/\S+)$/m.exec(printed)?.[1]
    if (url) return url
  }
  throw new Error('the sandbox did not start')
}

test('what was acknowledged survives kill -9, and SIGTERM ends it cleanly', async () => {
  const first = start(0)
  const write = { method: 'POST', headers: { 'idempotency-key': 'k-1' } }
  const answer = await fetch(`${await urlOf(first)}/orders/12346/cancel`, write)
  expect(answer.status).toBe(200)
  first.kill('SIGKILL')
  await once(first, 'exit')
  const second = start(0)
  const url = await urlOf(second)
  const repeated = await fetch(`${url}/orders/12346/cancel`, write)
  expect(await repeated.json()).toEqual(await answer.json())
  expect(await (await fetch(`${url}/_ledger?system=orders`)).json()).toMatchObject({
    data: [{ idempotency_key: 'k-1', repeated: 1 }],
  })
  second.kill('SIGTERM')
  expect(await once(second, 'exit')).toEqual([0, null])
})

test('a taken port is one line that names it, and exit code 1', async () => {
  const taken = createServer()
  taken.listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    const child = start(port)
    let complaint = ''
    child.stderr?.on('data', (chunk) => (complaint += String(chunk)))
    expect(await once(child, 'close')).toEqual([1, null])
    expect(complaint).toBe(`sandbox: port ${port} is taken: stop what uses it, or set SANDBOX_PORT to another one\n`)
  } finally {
    taken.close()
    await once(taken, 'close')
  }
})
