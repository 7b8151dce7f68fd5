// everdesk as separate processes on real PostgreSQL, Temporal and Redis, for tests in which a part dies alone.
import { inject } from 'vitest'
import { type ApiSlot, startStack } from '../../stack/stack.ts'
import { createNamespace } from './namespace.ts'
import type { TestProcess } from './processes.ts'

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
export async function startDeployment({ workers = 1, apis = 1, redisUrl, temporal, env }: DeploymentOptions = {}) {
  const address = inject('temporalAddress')
  const stack = await startStack({
    workers,
    apis,
    postgresUrl: inject('postgresUrl'),
    temporal: temporal ?? { address, namespace: await createNamespace(address) },
    redis: false,
    lines: false,
    env: { LOG_LEVEL: 'debug', ...(redisUrl ? { REDIS_URL: redisUrl } : {}), ...env },
  })
  const processOf = (api: ApiSlot) => ({ ...api.process(), url: api.url })
  return {
    ...stack,
    workers: stack.workers.map((slot) => slot.process()),
    apis: stack.apis.map(processOf),
    startWorker: async (): Promise<TestProcess> => (await stack.addWorker()).process(),
    startApi: async () => processOf(await stack.addApi()),
  }
}
