// The web pages, as `npm run build:web` made them: the first look, the console, the chat, and the widget's script.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type RequestHandler, type Response, Router } from 'express'
import type { ApiDeps } from './deps.ts'
import { createIssuerOrigins } from './issuer-origins.ts'
import { unavailable } from './problem.ts'

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** What the pages need to know of this installation; open, because it is known to whoever looks at a page. */
export type WebSettings = {
  /** The sandbox's scripted model answers, and the pages say so. */
  rehearsal?: boolean | undefined
  /** Clients registered at the issuer, for authorization code with PKCE. */
  consoleClientId: string
  chatClientId: string
  /** What the pages ask the issuer for (`openid profile`), and for which resource (RFC 8707). */
  scope?: string | undefined
  resource?: string | undefined
  /** Origins of other sites whose pages may carry the widget; exact. */
  embedOrigins: readonly string[]
}

/** URLs of what `npm start` runs beside the API. */
export type Places = {
  temporalUi?: string | undefined
  workerMetrics?: string | undefined
}

/** `/`, `/console` with every path under it, `/chat`, `/widget.js`, their assets, and `/web/config.json`. */
export function pageRoutes(deps: ApiDeps): Router {
  const router = Router()
  const policy = pagePolicy(deps.issuer)
  router.get('/web/config.json', (_request, response) => void response.json(configuration(deps)))
  // Built names carry a digest of what is in the file.
  const kept = (response: Response) => response.set('Cache-Control', 'public, max-age=31536000, immutable')
  router.use('/assets', express.static(join(DIST, 'assets'), { index: false, cacheControl: false, setHeaders: kept }))
  router.get('/widget.js', (_request, response) => {
    // Any page may load it: it is public, and asks our API under that page's own policy.
    response.set('Cross-Origin-Resource-Policy', 'cross-origin').set('Cache-Control', 'public, max-age=300')
    sendBuilt(response, 'widget.js')
  })
  for (const [path, file] of PAGES) {
    router.get(path, policy, (_request, response) => {
      response.set('Cache-Control', 'no-cache')
      sendBuilt(response, file)
    })
  }
  return router
}

const PAGES: readonly [string | string[], string][] = [
  ['/', 'home/index.html'],
  [['/console', '/console/{*path}'], 'console/index.html'],
  ['/chat', 'chat/index.html'],
]

function sendBuilt(response: Response, file: string): void {
  const path = join(DIST, file)
  if (!existsSync(path)) throw unavailable('The web pages are not built here. Run npm run build:web.')
  response.sendFile(path, { cacheControl: false })
}

const configuration = ({ issuer, web, places, version, defaultDesk }: ApiDeps) => ({
  version,
  issuer,
  audience: 'everdesk',
  console_client_id: web.consoleClientId,
  chat_client_id: web.chatClientId,
  scope: web.scope,
  resource: web.resource,
  desk: defaultDesk,
  docs: '/docs',
  rehearsal: web.rehearsal === true,
  places: { temporal_ui: places?.temporalUi, worker_metrics: places?.workerMetrics },
})

/** Scripts and styles of ours only, none inline; our own API and the issuer may be asked; only our own pages may frame it. */
function pagePolicy(issuer: string): RequestHandler {
  const origins = createIssuerOrigins(issuer)
  const policyFor = (asked: readonly string[]) =>
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ${asked.join(' ')}`,
      "frame-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      "require-trusted-types-for 'script'",
    ].join('; ')
  return async (_request, response, next) => {
    response.set('Content-Security-Policy', policyFor(await origins()))
    next()
  }
}
