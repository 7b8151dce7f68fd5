// A sandbox on a free port with a home of its own, for one test file; `stop` closes it and removes the home.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../../sandbox/sandbox.ts'
import type { RunningSandbox } from '../../sandbox/sandbox.ts'

/** An answer read: JSON objects as records. */
export interface Answered {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

/** A running sandbox with short ways to talk to it. */
export interface TestSandbox {
  url: () => string
  restart: () => Promise<void>
  stop: () => Promise<void>
  get: (path: string) => Promise<Answered>
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>
  ledger: (query?: string) => Promise<Record<string, unknown>[]>
  heal: () => Promise<void>
}

/** Starts one; the seed is relative to 1 November 2026 unless told otherwise. */
export async function openSandbox(): Promise<TestSandbox> {
  const home = mkdtempSync(join(tmpdir(), 'everdesk-sandbox-'))
  const start = (port: number): Promise<RunningSandbox> =>
    startSandbox({ port, home, seedNow: new Date('2026-11-01T12:00:00Z'), tokensPerSecond: 0 })
  let running = await start(0)
  const call = async (path: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(running.url + path, init)
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers }
  }
  const sandbox: TestSandbox = {
    url: () => running.url,
    restart: async () => {
      await running.close()
      running = await start(running.port)
      // Connections kept alive by fetch died with the old server; the first call may still pick one.
      while (!(await fetch(`${running.url}/livez`).catch(() => undefined))) continue
    },
    stop: async () => {
      await running.close()
      rmSync(home, { recursive: true, force: true })
    },
    get: (path) => call(path, {}),
    send: (method, path, body, headers = {}) =>
      call(path, {
        method,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    ledger: async (query = '') => {
      const { body } = await sandbox.get(`/_ledger${query}`)
      return list(body['data'])
    },
    heal: async () => {
      await sandbox.send('DELETE', '/_faults')
    },
  }
  return sandbox
}

/** The value as a list of records; throws when it is none. */
export function list(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`)
  return value
}
