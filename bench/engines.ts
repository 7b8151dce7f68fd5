// The Temporal that a run is measured on: the dev server in memory or on a WAL file, or a server on PostgreSQL.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTemporalOnPostgres } from '../scripts/temporal-postgres/server.ts'
import { startPostgres } from '../stack/postgres.ts'
import { readConfig } from '../src/config.ts'
import { connectTemporal } from '../src/temporal/connection.ts'
import { DYNAMIC_CONFIG } from '../src/temporal/dev-server-process.ts'
import { startDevServer } from '../src/temporal/dev-server.ts'
import { findDevServer } from '../src/temporal/find-dev-server.ts'
import { freePort } from '../src/temporal/free-port.ts'
import { registerSearchAttributes } from '../src/temporal/search-attributes.ts'
import type { EngineName } from './engine-names.ts'
import type { Parts } from './process-table.ts'

/** A running Temporal. */
export type Engine = {
  name: EngineName
  address: string
  namespace: string
  /** Its processes; the engine's own PostgreSQL is a part of its own. */
  parts: () => Parts
  /** Bytes that its data takes at rest; null when it keeps none. */
  bytes: () => Promise<number | null>
  /** Ends the server as a crash would and starts it again. */
  restart: () => Promise<void>
  close: () => Promise<void>
}

/** Starts it on free ports, ready for conversations. */
export function startEngine(name: EngineName, note: (line: string) => void): Promise<Engine> {
  return { memory: inMemory, file: onFile, postgres: onPostgres }[name](note)
}

async function onFile(note: (line: string) => void): Promise<Engine> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-bench-temporal-'))
  const executable = await findDevServer({ ...readConfig().machine, note })
  const server = await startDevServer({ executable, home, port: 0, uiPort: 0, note: () => undefined })
  return {
    name: 'file',
    address: server.address,
    namespace: 'default',
    parts: () => ({ temporal: [server.pid()] }),
    bytes: async () => sqliteBytes(join(home, 'temporal.sqlite')),
    async restart() {
      const before = server.pid()
      process.kill(before, 'SIGKILL')
      // Its supervisor starts it again.
      while (server.pid() === before) await sleep(50)
      await ready(server.address)
    },
    async close() {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Pages in use: what the file would be after a vacuum. */
function sqliteBytes(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 })
  try {
    const number = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0])
    return (number('page_count') - number('freelist_count')) * number('page_size')
  } finally {
    database.close()
  }
}

async function inMemory(note: (line: string) => void): Promise<Engine> {
  const executable = await findDevServer({ ...readConfig().machine, note })
  const port = await freePort()
  const address = `127.0.0.1:${port}`
  const fixed = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--log-level', 'error']
  const settings = DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value])
  const launch = async () => {
    const child = spawn(executable, [...fixed, '--port', String(port), ...settings], {
      stdio: 'ignore',
      detached: true,
    })
    await ready(address)
    return child
  }
  let child = await launch()
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    name: 'memory',
    address,
    namespace: 'default',
    parts: () => ({ temporal: [child.pid ?? 0] }),
    bytes: async () => null,
    async restart() {
      await kill()
      child = await launch()
    },
    close: kill,
  }
}

async function onPostgres(note: (line: string) => void): Promise<Engine> {
  const postgres = await startPostgres()
  try {
    const server = await startTemporalOnPostgres({ admin: adminOf(postgres.url), note })
    return {
      name: 'postgres',
      address: server.address,
      namespace: server.namespace,
      parts: () => ({ temporal: [server.pid()], temporal_postgres: [postgres.server?.pid() ?? 0] }),
      bytes: () => server.bytes(),
      restart: () => server.restart(),
      async close() {
        await server.close()
        await postgres.close()
      },
    }
  } catch (error) {
    await postgres.close()
    throw error
  }
}

async function ready(address: string): Promise<void> {
  const connection = await connectTemporal({ address, namespace: 'default', patience: 30_000 })
  await registerSearchAttributes(connection, 'default').finally(() => connection.close())
}

/** The maintenance database of the same server. */
function adminOf(url: string): string {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  return admin.href
}
