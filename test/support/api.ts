// The API over real HTTP on a real database, with the sandbox's issuer for tokens. Only the bells are a double.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { type RunningSandbox, startSandbox } from '../../sandbox/sandbox.ts'
import type { ApiOnPort } from '../../src/api/listen.ts'
import { listenApi } from '../../src/api/listen.ts'
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import type { BellSubject, Bells } from '../../src/temporal/bell.ts'
import type { Bell, BellName } from '../../src/workflows/messages.ts'
import type { DatabaseKind } from './databases.ts'
import { createTestKernel, TEST_DESK, type TestKernel } from './kernel.ts'

export type Rung = { subject: BellSubject; name: BellName; bell: Bell }
export type TestApi = TestKernel & {
  url: string
  rung: Rung[]
  metrics: Metrics
  /** Lines that were logged. */
  logged: string[]
  sandbox: RunningSandbox
  token: (role: string, sub: string) => Promise<string>
  call: Call
  /** Resolves when no bell is being rung: they ring behind the answers. */
  settled: () => Promise<void>
  /** Stops the API alone. */
  closeApi: () => Promise<void>
  stop: () => Promise<void>
}
// oxlint-disable-next-line typescript/no-explicit-any
export type Reply = { status: number; body: any; headers: Headers }
export type Call = (
  method: string,
  path: string,
  options?: { as?: string; body?: unknown; raw?: RequestInit['body']; headers?: Record<string, string> },
) => Promise<Reply>

/** Everyone may call often, so that limits only show where a test is about them. */
const GENEROUS = { rateLimitScale: 1000, maxTurnsInFlight: 200, backlogLimit: 10_000 }

/** `as` of a call is `role:sub`, such as `customer:cust_1001`. */
export async function startTestApi(
  kind: DatabaseKind,
  overrides: Partial<Omit<ApiOnPort, 'kernel'>> = {},
  kernelOf: (kernel: Kernel, database: TestKernel['database']) => Promise<Kernel> = async (kernel) => kernel,
): Promise<TestApi> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-api-'))
  const sandbox = await startSandbox({ port: 0, home })
  const test = await createTestKernel(kind)
  const kernel = await kernelOf(test.kernel, test.database)
  const rung: Rung[] = []
  const bells: Bells = { ring: async (subject, name, bell = {}) => void rung.push({ subject, name, bell }) }
  const metrics = createMetrics()
  const logged: string[] = []
  const api = await listenApi({
    host: '127.0.0.1',
    port: 0,
    kernel,
    bells,
    issuer: `${sandbox.url}/oidc`,
    limits: GENEROUS,
    logger: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    metrics,
    version: '0.0.0-test',
    web: { consoleClientId: 'everdesk-console', chatClientId: 'everdesk-chat', rehearsal: true, embedOrigins: [] },
    defaultDesk: TEST_DESK.name,
    checks: { store: () => sql`select 1`.execute(kernel.db), temporal: async () => undefined },
    ...overrides,
  })
  const tokens = new Map<string, Promise<string>>()
  const token = (role: string, sub: string) => {
    const key = `${role}:${sub}`
    const known = tokens.get(key) ?? demoToken(sandbox.url, role, sub)
    tokens.set(key, known)
    return known
  }
  const url = `http://127.0.0.1:${api.port}`
  const call: Call = async (method, path, { as, body, raw, headers } = {}) => {
    const [role = '', sub = ''] = as?.split(':') ?? []
    const sent = body === undefined ? raw : JSON.stringify(body)
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${await token(role, sub)}` } : {}),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }
  return {
    ...test,
    url,
    rung,
    metrics,
    logged,
    sandbox,
    token,
    call,
    settled: () => api.settled(),
    closeApi: () => api.close(),
    async stop() {
      await api.close()
      await test.close()
      await sandbox.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function demoToken(sandbox: string, role: string, sub: string): Promise<string> {
  const grant = { grant_type: 'urn:everdesk:demo', client_id: 'everdesk-demo', role, sub }
  const response = await fetch(`${sandbox}/oidc/token`, { method: 'POST', body: new URLSearchParams(grant) })
  const { access_token } = (await response.json()) as { access_token?: string }
  if (access_token === undefined) throw new Error(`no token for ${role} ${sub}`)
  return access_token
}
