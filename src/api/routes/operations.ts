// For operators and load balancers: alive, ready, metrics, version. No token, and no limit.
import { type RequestHandler, Router } from 'express'
import type { ApiDeps } from '../deps.ts'
import { readLoad } from '../read-load.ts'

const CHECK_WITHIN = 1500

export function operationRoutes(deps: ApiDeps): Router {
  const router = Router()
  router.get('/livez', (_request, response) => void response.json({ status: 'ok' }))
  router.get('/readyz', readiness(deps))
  router.get('/version', (_request, response) => void response.json({ name: 'everdesk', version: deps.version }))
  router.get('/metrics', async (_request, response) => {
    await readLoad(deps)
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics())
  })
  return router
}

/** Ready means: messages can be accepted. That takes the store alone; the others are named for whoever looks. */
function readiness({ checks, issuer, stopping }: ApiDeps): RequestHandler {
  return async (_request, response) => {
    const [store, temporal, redis, oidc] = await Promise.all([
      answers(checks.store),
      answers(checks.temporal),
      checks.redis ? answers(checks.redis) : 'not_used',
      answers(() => discovery(issuer)),
    ])
    const ready = store === 'ok' && !stopping.aborted
    const status = stopping.aborted ? 'stopping' : ready ? 'ready' : 'not_ready'
    response.status(ready ? 200 : 503).json({ status, dependencies: { store, temporal, redis, issuer: oidc } })
  }
}

async function discovery(issuer: string): Promise<void> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address, { signal: AbortSignal.timeout(CHECK_WITHIN) })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the issuer answers ${response.status}`)
}

async function answers(check: () => Promise<unknown>): Promise<'ok' | 'down'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_WITHIN)
  })
  try {
    await Promise.race([check(), late])
    return 'ok'
  } catch {
    return 'down'
  } finally {
    clearTimeout(timer)
  }
}
