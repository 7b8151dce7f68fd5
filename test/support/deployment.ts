// everdesk as separate processes on real PostgreSQL, Temporal and Redis, for tests in which a part dies alone.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Tables } from '../../src/kernel/tables.ts'
import { createApiClient } from './api-client.ts'
import { createDatabase } from './databases.ts'
import { createNamespace } from './namespace.ts'
import { startProcess, type TestProcess } from './processes.ts'
import { createSandboxControl } from './sandbox-control.ts'

export type DeploymentOptions = {
  workers?: number
  apis?: number
  /** Redis for bus, cache and limits. */
  redisUrl?: string
  /** Another Temporal than the shared one, when the test stops it. */
  temporal?: { address: string; namespace: string }
  /** Added to every process's environment. */
  env?: Record<string, string>
}

export type Deployment = Awaited<ReturnType<typeof startDeployment>>

/** Starts the sandbox, APIs and workers, each as a process; all share one database of their own. */
export async function startDeployment(options: DeploymentOptions = {}) {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-deployment-'))
  const database = await createDatabase<Tables>('postgres')
  const address = options.temporal?.address ?? inject('temporalAddress')
  const namespace = options.temporal?.namespace ?? (await createNamespace(address))
  const sandboxProcess = await startProcess({
    args: ['sandbox/server.ts'],
    env: { SANDBOX_PORT: '0', EVERDESK_HOME: home, SANDBOX_MODEL_TOKENS_PER_SECOND: '0' },
    ready: /sandbox: http\S+/,
  })
  const sandboxUrl = (await sandboxProcess.waitFor(/sandbox: (http\S+)/))[1] ?? ''
  const env = {
    ...database.env,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    SANDBOX_URL: sandboxUrl,
    EVERDESK_HOME: home,
    PORT: '0',
    WORKER_METRICS_PORT: '0',
    RATE_LIMIT_SCALE: '1000',
    LOG_LEVEL: 'debug',
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.env,
  }
  const startWorker = (): Promise<TestProcess> =>
    startProcess({ args: ['src/worker.ts'], env, ready: /worker ready/, patience: 60_000 })
  const startApi = async () => {
    const started = await startProcess({ args: ['src/api/server.ts'], env, ready: /the API listens/, patience: 60_000 })
    const url = (await started.waitFor(/"url":"(http[^"]+)"/))[1] ?? ''
    return { ...started, url }
  }
  const workers = await Promise.all(Array.from({ length: options.workers ?? 1 }, startWorker))
  const apis = await Promise.all(Array.from({ length: options.apis ?? 1 }, startApi))
  const issuer = `${sandboxUrl}/oidc`
  return {
    db: database.db,
    env,
    workers,
    apis,
    startWorker,
    startApi,
    sandbox: createSandboxControl(sandboxUrl),
    /** Who talks to the API; `api` picks one of several. */
    as: (role: 'customer' | 'agent' | 'supervisor', sub: string, api = 0) =>
      createApiClient({ url: apis[api]?.url ?? '', issuer, role, sub }),
    async close() {
      const all = [...workers, ...apis, sandboxProcess]
      await Promise.all(all.map((each) => each.kill('SIGKILL')))
      await database.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
