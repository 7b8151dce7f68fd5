// One Temporal server on PostgreSQL as a child process: databases, configuration, namespace, search attributes, and a clean end.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { readConfig } from '../../src/config.ts'
import { answersTcp } from '../../src/temporal/connection.ts'
import { freePort } from '../../src/temporal/free-port.ts'
import { registerSearchAttributes } from '../../src/temporal/search-attributes.ts'
import { databaseBytes, setUpDatabases, type TemporalDatabases } from './databases.ts'
import { temporalPrograms } from './programs.ts'
import { dynamicConfig, serverConfig } from './server-config.ts'

export type TemporalOnPostgresOptions = {
  /** URL of the maintenance database of a PostgreSQL whose user may create databases. */
  admin: string
  /** `temporal` and `temporal_visibility`. */
  databases?: TemporalDatabases
  /** Namespace to make (default). */
  namespace?: string
  /** Port of gRPC, below 32,768; a free one when absent or 0. */
  port?: number
  /** One line of progress. */
  note: (line: string) => void
}

export type TemporalOnPostgres = {
  /** host:port of gRPC. */
  address: string
  namespace: string
  pid: () => number
  /** Bytes of its databases after a vacuum. */
  bytes: () => Promise<number>
  /** kill -9 and a new start on the same databases. */
  restart: () => Promise<void>
  /** Ends the server; the databases stay. */
  close: () => Promise<void>
}

const HEALTHY_WITHIN_MS = 60_000
const TERM_PATIENCE_MS = 10_000
const RETENTION_SECONDS = 86_400
const PORTS = 8

async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) found.add(await freePort())
  return [...found]
}

/** Builds what is missing, sets the databases up, starts the server, and resolves when conversations can run on it. */
export async function startTemporalOnPostgres(options: TemporalOnPostgresOptions): Promise<TemporalOnPostgres> {
  const { admin, databases = { main: 'temporal', visibility: 'temporal_visibility' }, namespace = 'default' } = options
  const programs = await temporalPrograms(readConfig().machine, options.note)
  await setUpDatabases(programs.sqlTool, admin, databases)
  const folder = await mkdtemp(join(tmpdir(), 'everdesk-temporal-postgres-'))
  const ports = await freePorts(PORTS)
  if (options.port) ports[0] = options.port
  const dynamic = join(folder, 'dynamic.yaml')
  await writeFile(dynamic, JSON.stringify(dynamicConfig()))
  const config = serverConfig({ admin, databases, ports, dynamicConfig: dynamic })
  await writeFile(join(folder, 'server.yaml'), JSON.stringify(config))
  const address = `127.0.0.1:${String(ports[0])}`

  let child: ChildProcess
  const launch = async (): Promise<void> => {
    const log = openSync(join(folder, 'server.log'), 'w')
    const where = ['--root', folder, '--config', '.', '--env', 'server', '--allow-no-auth']
    child = spawn(programs.server, [...where, 'start'], { stdio: ['ignore', log, log], detached: true })
    closeSync(log)
    const ended = once(child, 'exit').then(async () => {
      const lines = (await readFile(join(folder, 'server.log'), 'utf8').catch(() => '')).trim().split('\n')
      throw new Error(`the Temporal server ended: ${(lines.at(-1) ?? '').slice(0, 300)}`)
    })
    ended.catch(() => undefined)
    await Promise.race([ready(address, namespace), ended])
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await Promise.race([gone, sleep(TERM_PATIENCE_MS, undefined, { ref: false })])
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await gone
  }
  const close = async (): Promise<void> => {
    await end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await launch()
  } catch (error) {
    await close()
    throw error
  }
  return {
    address,
    namespace,
    pid: () => child.pid ?? 0,
    bytes: () => databaseBytes(admin, databases),
    async restart() {
      await end('SIGKILL')
      await launch()
    },
    close,
  }
}

/** Waits until the frontend answers, makes the namespace and our search attributes, and until both can be used. */
async function ready(address: string, namespace: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS
  await answersTcp(address, deadline)
  const connection = await Connection.connect({ address, connectTimeout: HEALTHY_WITHIN_MS })
  try {
    for (;;) {
      try {
        await useNamespace(connection, namespace)
        break
      } catch (error) {
        if (Date.now() > deadline) throw error
        await sleep(200)
      }
    }
    await registerSearchAttributes(connection, namespace)
  } finally {
    await connection.close()
  }
}

async function useNamespace({ workflowService }: Connection, namespace: string): Promise<void> {
  await workflowService
    .registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: RETENTION_SECONDS as never } })
    .catch((error: unknown) => {
      if (!/already (exists|registered)/i.test(String(error))) throw error
    })
  // A new namespace is known to the other services some seconds later.
  await workflowService.listWorkflowExecutions({ namespace })
}
