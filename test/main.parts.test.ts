import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readAddresses } from '../src/startup/addresses.ts'
import { demoToken } from '../src/startup/demo-sign-ins.ts'
import { isAlive } from './support/is-alive.ts'
import { startProcess } from './support/processes.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'everdesk-main-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** Variables of the developer's shell must not reach the process. */
const UNSET = {
  TEMPORAL_ADDRESS: undefined,
  DATABASE_URL: undefined,
  REDIS_URL: undefined,
  SANDBOX_URL: undefined,
  OIDC_ISSUER: undefined,
}

async function failure(env: Record<string, string>): Promise<{ code: unknown; lines: string[] }> {
  const everdesk = await startProcess({
    args: ['src/main.ts'],
    env: { ...UNSET, PORT: '0', EVERDESK_HOME: home, ...env },
  })
  const code = await everdesk.ended
  const lines = everdesk.output().trim().split('\n')
  return { code, lines: lines.filter((line) => line !== 'everdesk is starting ...') }
}

describe('a start that fails says why in one line, exits with 1 and leaves nothing', () => {
  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await failure({ SANDBOX_PORT: String(port) })).toEqual({
      code: 1,
      lines: [
        `Port ${port} for the sandbox is taken on 127.0.0.1. Stop what uses it, or set SANDBOX_PORT to another port (PORT=0: any free ones).`,
      ],
    })
    other.close()
    expect(await readdir(home)).toEqual(['everdesk.lock'])
  })

  test('a broken DATABASE_URL', async () => {
    expect(await failure({ DATABASE_URL: 'postgres://ada:hunter2@127.0.0.1:9/shop' })).toEqual({
      code: 1,
      lines: [
        'Store: PostgreSQL does not answer at DATABASE_URL (127.0.0.1:9/shop): connect ECONNREFUSED 127.0.0.1:9. ' +
          'Start it, correct DATABASE_URL, or unset it to use the embedded database.',
      ],
    })
  })

  test('a home folder that another everdesk uses', async () => {
    const holder = await startProcess({
      args: ['--input-type=module-typescript', '--eval', HOLD_LOCK],
      env: { LOCK: join(home, 'everdesk.lock') },
      ready: /held/,
    })
    const { code, lines } = await failure({})
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [
        `Home folder: The folder ${home} is in use by process ${holder.pid}. Stop that one first, or set EVERDESK_HOME to another folder.`,
      ],
    })
    await holder.kill('SIGKILL')
  })

  test('an unreachable REDIS_URL', async () => {
    const { code, lines } = await failure({ REDIS_URL: 'redis://:hunter2@127.0.0.1:9' })
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [
        'Redis: Redis does not answer at REDIS_URL (127.0.0.1:9): connect ECONNREFUSED 127.0.0.1:9. Start it, correct REDIS_URL, or unset it.',
      ],
    })
  })

  test('a MODELS_FILE that is not there', async () => {
    const { code, lines } = await failure({ MODELS_FILE: join(home, 'models.json') })
    expect([code, lines.slice(-1)]).toEqual([1, [expect.stringContaining('MODELS_FILE cannot be read: ENOENT')]])
  })

  test('every problem of the configuration at once', async () => {
    expect(await failure({ PORT: 'x', LOG_LEVEL: 'loud' })).toEqual({
      code: 1,
      lines: [
        'Configuration is wrong:',
        '  - PORT is "x", expected a whole number between 0 and 65535',
        '  - LOG_LEVEL is "loud", expected one of trace, debug, info, warn, error, silent',
      ],
    })
  })
})

test('an unreachable TEMPORAL_ADDRESS is one line', async () => {
  const { code, lines } = await failure({ TEMPORAL_ADDRESS: '127.0.0.1:9' })
  expect({ code, lines }).toEqual({
    code: 1,
    lines: [expect.stringContaining('Temporal: Temporal does not answer at 127.0.0.1:9, namespace "default"')],
  })
})

const complete = ['../sandbox/sandbox.ts', '../db/migrations'].every((path) =>
  existsSync(join(import.meta.dirname, path)),
)

describe.runIf(complete)('all-in-one', () => {
  const start = () =>
    startProcess({ args: ['src/main.ts'], env: { ...UNSET, PORT: '0', EVERDESK_HOME: home }, ready: /Ctrl-C/ })

  test('starts everything, writes its addresses, and stops on two signals without orphans', async () => {
    const everdesk = await start()
    const addresses = await readAddresses(home)
    expect(Object.keys(addresses ?? {}).sort()).toEqual([
      'api',
      'issuer',
      'sandbox',
      'temporal',
      'temporal_ui',
      'worker_metrics',
    ])
    const token = await demoToken(addresses?.issuer ?? '', { role: 'customer', sub: 'cust_1001' })
    expect(token).toMatch(/^ey/)
    const agent = await demoToken(addresses?.issuer ?? '', { role: 'agent', sub: 'agent_1' })
    expect(await linkOfHandoff(addresses?.api ?? '', token, agent)).toContain(`${addresses?.api}/v1/conversations/`)
    const temporal = Number(await readFile(join(home, 'temporal.pid'), 'utf8'))
    process.kill(everdesk.pid, 'SIGINT')
    process.kill(everdesk.pid, 'SIGINT')
    expect(await everdesk.ended).toBe(0)
    expect([isAlive(temporal), await readAddresses(home)]).toEqual([false, undefined])
  })

  test('starts again after kill -9 of itself', async () => {
    const killed = await start()
    const temporal = Number(await readFile(join(home, 'temporal.pid'), 'utf8'))
    await killed.kill('SIGKILL')
    const next = await start()
    expect(next.output()).toContain('Stopped the Temporal dev server that an earlier run had left.')
    expect(isAlive(temporal)).toBe(false)
    await next.kill('SIGTERM')
    expect(await next.ended).toBe(0)
  })
})

/** Where the brief of a handoff says that the transcript is. */
async function linkOfHandoff(api: string, customer: string, agent: string): Promise<string> {
  await fetch(`${api}/v1/conversations`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${customer}`, 'Content-Type': 'application/json', Prefer: 'wait=30' },
    body: JSON.stringify({ message: { text: 'I want to talk to a person' } }),
  })
  const handoffs = await fetch(`${api}/v1/handoffs`, { headers: { Authorization: `Bearer ${agent}` } })
  const { data } = (await handoffs.json()) as { data: { brief: { transcript_url: string } }[] }
  return data[0]?.brief.transcript_url ?? ''
}

const HOLD_LOCK = `
  import { takeProcessLock } from ${JSON.stringify(join(import.meta.dirname, '../src/adapters/process-lock.ts'))}
  takeProcessLock(process.env.LOCK, 'it')
  console.log('held')
  setInterval(() => {}, 1000)`
