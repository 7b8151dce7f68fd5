// A whole everdesk behind the pages that a browser opens. Two kinds: in the test's process, where each part can be stopped alone
// and tokens stream without a Redis; and `npm start` as a process with its own Temporal, to be killed as one.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Addresses } from '../../src/startup/addresses.ts'
import { createApiClient, type ApiClient } from '../../stack/api-client.ts'
import { createSandboxControl, type SandboxControl } from '../../stack/sandbox-control.ts'
import type { Everdesk } from '../support/everdesk.ts'
import { startHttpEverdesk } from '../support/http-everdesk.ts'
import { startProcess, type TestProcess } from '../support/processes.ts'

type Role = 'customer' | 'agent' | 'supervisor' | 'admin'

/** What a browser test needs of a running everdesk. */
export interface WebStack {
  /** Origin of API and pages; stays the same through every restart. */
  url: string
  issuer: string
  /** Faults, pace and ledger of the demo company. */
  sandbox: SandboxControl
  /** A person by HTTP alone, for what a test needs done but does not look at. */
  as(role: Role, sub: string): Promise<ApiClient>
  close(): Promise<void>
}

/** In the test's process, on a database and a Temporal namespace of its own. */
export interface DeskStack extends WebStack {
  /** Store, kernel and engine, to look behind the pages. */
  everdesk: Everdesk
  stopApi(): Promise<void>
  startApi(): Promise<void>
  stopWorker(): Promise<void>
  startWorker(): Promise<void>
}

/** `npm start` as a process. */
export interface WholeStack extends WebStack {
  /** Ends all of it at once, as a power cut does, Temporal's server too. */
  kill(): Promise<void>
  /** Starts it again from what is on disk, at the same addresses. */
  start(): Promise<void>
}

/** Starts sandbox, worker and API in this process; the options are those of the test harness, such as `policy`. */
export async function startDeskStack(options: Parameters<typeof startHttpEverdesk>[0] = {}): Promise<DeskStack> {
  const running = await startHttpEverdesk(options)
  const { everdesk, addresses } = running
  return {
    ...parts(addresses),
    everdesk,
    stopApi: running.stopApi,
    startApi: running.startApi,
    stopWorker: everdesk.stopWorker,
    startWorker: () => everdesk.startWorker(),
    close: running.close,
  }
}

/** Starts `npm start` in a folder of its own, on free ports, without the machine's PostgreSQL, Redis or Temporal. */
export async function startWholeStack(env: Record<string, string> = {}): Promise<WholeStack> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-whole-'))
  let running: TestProcess | undefined
  const launch = async (ports: Record<string, string>): Promise<Addresses> => {
    running = await startProcess({
      args: ['src/main.ts'],
      env: { ...NOT_OF_THIS_SHELL, RATE_LIMIT_SCALE: '1000', ...env, ...ports, EVERDESK_HOME: home },
      ready: /everdesk is ready/,
      patience: 120_000,
    })
    return JSON.parse(await readFile(join(home, 'urls.json'), 'utf8')) as Addresses
  }
  const first = await launch({ PORT: '0' })
  const ports = { PORT: portOf(first.api), SANDBOX_PORT: portOf(first.sandbox ?? '') }
  return {
    ...parts(first),
    async kill() {
      // Its child is left alone on the machine; the next start ends it before it reads the same file.
      await running?.kill('SIGKILL')
    },
    async start() {
      await launch({ ...ports, TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', WORKER_METRICS_PORT: '0' })
    },
    async close() {
      await running?.kill('SIGTERM')
      await rm(home, { recursive: true, force: true })
    },
  }
}

function parts({ api, issuer, sandbox = '' }: Addresses): Omit<WebStack, 'close'> {
  return {
    url: api,
    issuer,
    sandbox: createSandboxControl(sandbox),
    as: (role, sub) => createApiClient({ url: api, issuer, role, sub }),
  }
}

const NOT_OF_THIS_SHELL = {
  DATABASE_URL: undefined,
  REDIS_URL: undefined,
  TEMPORAL_ADDRESS: undefined,
  SANDBOX_URL: undefined,
  OIDC_ISSUER: undefined,
}

const portOf = (url: string): string => new URL(url).port
