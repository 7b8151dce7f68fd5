// The Express app: safe headers, a log line, probes, documents, and the routes under /v1 with token and limits before them.
import express, { type Express, type Request, type RequestHandler, type Response, Router } from 'express'
import helmet from 'helmet'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../domain/errors.ts'
import { approvalLinks } from './approval-links.ts'
import type { ApiDeps } from './deps.ts'
import { DOCS_STYLE, docsPage } from './docs-page.ts'
import { createAuthenticate, type Authenticate, type Principal } from './middleware/authenticate.ts'
import { embedding } from './middleware/embedding.ts'
import { preferredWait } from './middleware/prefer.ts'
import { problems, unknownRoute } from './middleware/problems.ts'
import { refuseAnnouncedSize } from './middleware/read-body.ts'
import { requestLog } from './middleware/request-log.ts'
import { openApiDocument } from './openapi.ts'
import { pageRoutes } from './pages.ts'
import { unavailable } from './problem.ts'
import type { Answer, Route } from './route.ts'
import { createRoutes } from './routes/index.ts'
import { operationRoutes } from './routes/operations.ts'
import { createService, type Service } from './service.ts'

export type Api = {
  app: Express
  /** Resolves when no bell is being rung any more, within a second. */
  settled: () => Promise<void>
}

export function createApp(deps: ApiDeps): Api {
  const service = createService(deps)
  const routes = createRoutes(service)
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', deps.trustedProxies ?? 0)
  app.use(safeHeaders())
  app.use(requestLog(deps.logger))
  app.use((_request, response, next) => {
    service.rateLimits.announce(response)
    next()
  })
  app.use(operationRoutes(deps))
  app.use(documents(routes, deps))
  app.use(['/v1', '/web/config.json'], embedding(deps.web.embedOrigins))
  app.use(pageRoutes(deps))
  app.use(approvalLinks(service))
  app.use('/v1', versionOne(routes, service))
  app.use(unknownRoute)
  app.use(problems(deps.logger))
  return { app, settled: () => service.ringer.settled() }
}

/** Nothing but our own style sheet may load; answers of the API are never kept by caches. */
function safeHeaders(): RequestHandler[] {
  const directives = {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  }
  return [
    helmet({ contentSecurityPolicy: { useDefaults: false, directives }, strictTransportSecurity: false }),
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store')
      next()
    },
  ]
}

function documents(routes: readonly Route[], { version, issuer }: ApiDeps): Router {
  const router = Router()
  const document = openApiDocument(routes, { version, issuer })
  const page = docsPage(document)
  router.get('/openapi.json', (_request, response) => void response.json(document))
  router.get('/docs', (_request, response) => void response.type('html').send(page))
  router.get('/docs/style.css', (_request, response) => void response.type('css').send(DOCS_STYLE))
  return router
}

/** Routes come as `/v1/...`, and this router is mounted there. */
function versionOne(routes: readonly Route[], service: Service): Router {
  const router = Router()
  const authenticate = createAuthenticate(service.issuer, service.guests)
  const methods = new Map<string, string[]>()
  for (const route of routes) {
    const path = route.path.replace(/^\/v1/, '').replaceAll(/\{(\w+)\}/g, ':$1')
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()])
    router[route.method](path, handler(route, service, authenticate))
  }
  for (const [path, allowed] of methods) {
    router.all(path, () => {
      const headers = { Allow: [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])].join(', ') }
      throw new Refusal('method_not_allowed', 'This resource has no such method.', { headers })
    })
  }
  return router
}

/** What a store that hangs may cost a request; streams and waits have ends of their own. Milliseconds. */
const ANSWER_WITHIN = 15_000

/** A connection that hangs without a word must not hang the client too; what was asked for may still be done. */
async function inTime(running: Promise<Answer>, route: Route, seconds: number): Promise<Answer> {
  if (route.streams) return running
  const patience = new AbortController()
  const late = sleep(ANSWER_WITHIN + seconds * 1000, undefined, { signal: patience.signal }).then(() => {
    throw unavailable('The store does not answer. Try again with the same id.')
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([running, late])
  } finally {
    patience.abort()
  }
}

/** Who asks where no token is looked at: routes for anyone count by address themselves. */
const NOBODY: Principal = { id: '', name: '', role: 'customer', tier: 'free', issuer: '', guest: true, expiresAt: 0 }

function handler(route: Route, service: Service, authenticate: Authenticate): RequestHandler {
  const { rateLimits } = service
  const signedIn = async (request: Request, response: Response): Promise<Principal> => {
    const principal = await authenticate(request.get('Authorization')).catch(async (refusal: unknown) => {
      await rateLimits.stranger(request.ip ?? 'unknown', response)
      throw refusal
    })
    await rateLimits.request(principal, response)
    return principal
  }
  return async (request, response) => {
    refuseAnnouncedSize(request)
    const principal = route.allow === 'anyone' ? NOBODY : await signedIn(request, response)
    const running = service.presence.seen(principal).then(() => route.run({ principal, request, response }))
    const answer = await inTime(running, route, preferredWait(request.get('Prefer')))
    if (answer === null || response.destroyed) return
    response.status(answer.status).set(answer.headers ?? {})
    response.json(answer.body)
  }
}
