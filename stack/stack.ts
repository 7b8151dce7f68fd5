// everdesk as a company would run it, on this machine: PostgreSQL, Redis, Temporal, the sandbox, workers and APIs, each a process,
// with a line to spoil between every process of ours and each part it needs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type OpenDatabase } from '../src/adapters/postgres.ts'
import type { Tables } from '../src/kernel/tables.ts'
import { freePort } from '../src/temporal/free-port.ts'
import { createApiClient } from './api-client.ts'
import { type Line, openLine } from './line.ts'
import { createDatabase, type PostgresServer, startPostgres } from './postgres.ts'
import { type PartProcess, startProcess } from './process.ts'
import { ownRedis, type RedisProcess } from './redis.ts'
import { createSandboxControl, type SandboxControl } from './sandbox-control.ts'
import { startTemporal, type TemporalServer } from './temporal.ts'

export interface StackOptions {
  /** Worker processes (2). */
  workers?: number
  /** API processes (2). */
  apis?: number
  /** Maintenance database of a server to use; without it, a PostgreSQL of our own. */
  postgresUrl?: string
  /** A Temporal to use; without it, a dev server of our own. */
  temporal?: { address: string; namespace: string }
  /** Bus, cache and limits in a Redis of our own (true). */
  redis?: boolean
  /** Lines between the parts (true); without them, nothing slows a measurement. */
  lines?: boolean
  /** Added to the environment of workers and APIs. */
  env?: Record<string, string>
  /** Modules that workers and APIs load first, such as a load hook. */
  imports?: string[]
  /** Folder that gets one file of output for each worker and API. */
  logs?: string
  /** One line of progress. */
  note?: (line: string) => void
}

/** What a process of ours needs, and what needs an API. */
export type Dependency = 'postgres' | 'temporal' | 'redis' | 'sandbox' | 'client'

/** A place for one process: what runs there can be killed and started anew, at the same address. */
export interface Slot {
  /** Such as `worker 1`. */
  name: string
  /** The process that runs there now, or ran there last. */
  process(): PartProcess
  /** Starts a new one, when the old one has ended; resolves when it is ready. */
  start(): Promise<void>
  lines: Partial<Record<Dependency, Line>>
}

/** `url`: as clients reach it, through its line. */
export type ApiSlot = Slot & { url: string }

export interface Stack {
  /** Folder of the sandbox's state. */
  home: string
  postgres: PostgresServer
  /** Null when Temporal is somebody else's. */
  temporal: TemporalServer | null
  temporalAt: { address: string; namespace: string }
  redis: RedisProcess | null
  sandbox: SandboxControl
  sandboxProcess: PartProcess
  workers: Slot[]
  apis: ApiSlot[]
  /** One more of them, under the next number. */
  addWorker(): Promise<Slot>
  addApi(): Promise<ApiSlot>
  /** Past every line. */
  db: OpenDatabase<Tables>['db']
  /** A signed-in person; `api` picks one of several (0). */
  as(role: 'customer' | 'agent' | 'supervisor' | 'admin', sub: string, api?: number): ReturnType<typeof createApiClient>
  close(): Promise<void>
}

/** Starts all of it; when a part does not start, ends those that did and rejects. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    return { ...(await startParts(options, (end) => closing.push(end))), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startParts(
  options: StackOptions,
  onClose: (end: () => Promise<unknown>) => void,
): Promise<Omit<Stack, 'close'>> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-stack-'))
  onClose(() => rm(home, { recursive: true, force: true }))
  const postgres = await (options.postgresUrl ? createDatabase(options.postgresUrl) : startPostgres())
  onClose(() => postgres.close())
  const temporal = options.temporal ? null : await startTemporal(options.note)
  if (temporal) onClose(() => temporal.close())
  const temporalAt = options.temporal ?? { address: temporal?.address ?? '', namespace: 'default' }
  const redis = options.redis === false ? null : await ownRedis()
  await redis?.start()
  if (redis) onClose(() => redis.kill())
  const sandboxProcess = await startProcess({
    args: ['sandbox/server.ts'],
    env: { SANDBOX_PORT: '0', EVERDESK_HOME: home, SANDBOX_MODEL_TOKENS_PER_SECOND: '0' },
    ready: /sandbox: http\S+/,
    patience: 180_000,
  })
  onClose(() => sandboxProcess.kill('SIGKILL'))
  const sandboxUrl = (await sandboxProcess.waitFor(/sandbox: (http\S+)/))[1] ?? ''
  const opened = await openDatabase<Tables>({ from: { url: postgres.url } })
  onClose(() => opened.close())

  const addresses: Partial<Record<Dependency, { host: string; port: number }>> = {
    postgres: addressOf(postgres.url),
    temporal: addressOf(`http://${temporalAt.address}`),
    sandbox: addressOf(sandboxUrl),
    ...(redis ? { redis: addressOf(redis.url) } : {}),
  }
  const settle = async (name: string, more: { args: string[]; ready: RegExp; env: Record<string, string> }) => {
    const lines: Slot['lines'] = {}
    const ports: Partial<Record<Dependency, number>> = {}
    for (const [dependency, address] of Object.entries(addresses) as [Dependency, { host: string; port: number }][]) {
      ports[dependency] = address.port
      if (options.lines === false) continue
      const line = await openLine(address)
      onClose(() => line.close())
      lines[dependency] = line
      ports[dependency] = line.port
    }
    const env = {
      DATABASE_URL: at(postgres.url, ports.postgres),
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      TEMPORAL_NAMESPACE: temporalAt.namespace,
      SANDBOX_URL: at(sandboxUrl, ports.sandbox).replace(/\/$/, ''),
      OIDC_ISSUER: `${sandboxUrl}/oidc`,
      EVERDESK_HOME: home,
      WORKER_METRICS_PORT: '0',
      RATE_LIMIT_SCALE: '1000',
      ...(redis ? { REDIS_URL: at(redis.url, ports.redis) } : {}),
      ...more.env,
      ...options.env,
    }
    const imports = (options.imports ?? []).map((module) => `--import=${module}`)
    const log = options.logs === undefined ? {} : { log: join(options.logs, `${name.replace(' ', '-')}.log`) }
    const launch = () =>
      startProcess({ args: [...imports, ...more.args], env, ready: more.ready, patience: 180_000, ...log })
    let current = await launch()
    onClose(() => current.kill('SIGKILL'))
    const slot: Slot = {
      name,
      process: () => current,
      async start() {
        await current.ended
        current = await launch()
      },
      lines,
    }
    return slot
  }
  const workers: Slot[] = []
  const apis: ApiSlot[] = []
  let [workerCount, apiCount] = [0, 0]
  const addWorker = async (): Promise<Slot> => {
    const index = workerCount++
    const name = `worker ${index + 1}`
    const slot = await settle(name, { args: ['src/worker.ts'], ready: /worker ready/, env: {} })
    workers[index] = slot
    return slot
  }
  const addApi = async (): Promise<ApiSlot> => {
    const index = apiCount++
    const [name, port] = [`api ${index + 1}`, await freePort()]
    const args = ['src/api/server.ts']
    const slot = await settle(name, { args, ready: /the API listens/, env: { PORT: String(port) } })
    const line = options.lines === false ? null : await openLine({ host: '127.0.0.1', port })
    if (line) onClose(() => line.close())
    const api = { ...slot, url: `http://127.0.0.1:${line?.port ?? port}` }
    if (line) api.lines.client = line
    apis[index] = api
    return api
  }
  await Promise.all([
    ...Array.from({ length: options.workers ?? 2 }, addWorker),
    ...Array.from({ length: options.apis ?? 2 }, addApi),
  ])
  return {
    home,
    postgres,
    temporal,
    temporalAt,
    redis,
    sandbox: createSandboxControl(sandboxUrl),
    sandboxProcess,
    workers,
    apis,
    addWorker,
    addApi,
    db: opened.db,
    as: (role, sub, api = 0) => createApiClient({ url: apis[api]?.url ?? '', issuer: `${sandboxUrl}/oidc`, role, sub }),
  }
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

/** The same URL at another port of this machine. */
function at(url: string, port: number | undefined): string {
  const moved = new URL(url)
  moved.port = String(port)
  return moved.href
}
