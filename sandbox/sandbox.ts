// The demo company in one process on one port; the all-in-one starts it in-process, server.ts as a process of its own.
import { createServer } from 'node:http'
import express from 'express'
import { mountBilling } from './billing/server.ts'
import { crmRoutes } from './crm/routes.ts'
import { createFaultDesk } from './faults/fault-desk.ts'
import { faultRoutes } from './faults/routes.ts'
import { notFound, problemHandler } from './http/problem-handler.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { createPace } from './model-api/pace.ts'
import { modelRoutes, paceRoutes } from './model-api/routes.ts'
import { loadIssuerKeys } from './oidc/keys.ts'
import { createIssuer } from './oidc/provider.ts'
import { signInRoutes } from './oidc/sign-in.ts'
import { orderRoutes } from './orders/routes.ts'
import { seedStore } from './seed/write.ts'
import { openStore } from './store/database.ts'
import type { Store } from './store/database.ts'
import { ticketingRoutes } from './ticketing/routes.ts'

/** How to start it. */
export interface SandboxOptions {
  /** TCP port; 0 = any free one. */
  port: number
  /** Folder of its state (`sandbox.sqlite`, issuer keys); made when missing. */
  home: string
  /** Address to listen on; default 127.0.0.1. */
  host?: string
  /** Base URL that others see, without a trailing slash; default `http://127.0.0.1:<port>`. */
  publicUrl?: string
  /** The day the seed's dates are relative to; only the first start on a home uses it; default now. */
  seedNow?: Date
  /** Pace of the scripted model, tokens a second, 0 = none; default 80. */
  tokensPerSecond?: number
  /** One line for people; default silent. */
  log?: (line: string) => void
}

/** A running sandbox; `close` ends open connections and closes the database. */
export interface RunningSandbox {
  url: string
  port: number
  close(): Promise<void>
}

/** Starts the sandbox; rejects with the error of `listen` (code EADDRINUSE when the port is taken). */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host ?? '127.0.0.1', () => resolve())
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const publicUrl = options.publicUrl ?? `http://127.0.0.1:${port}`
  const faults = createFaultDesk()
  let store: Store | undefined
  const close = async (): Promise<void> => {
    faults.heal()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
    store?.close()
    store = undefined
  }
  try {
    store = openStore(options.home)
    seedStore(store, options.seedNow ?? new Date())
    const pace = createPace(options.tokensPerSecond)
    const issuer = createIssuer(store, await loadIssuerKeys(options.home), publicUrl)
    const parts = { store, faults }
    const app = express()
    app.disable('x-powered-by')
    app.get('/livez', (_request, response) => {
      response.json({ status: 'ok' })
    })
    app.use('/_ledger', ledgerRoutes(store))
    app.use('/_faults', faultRoutes(faults))
    app.use('/_model', paceRoutes(pace))
    app.use('/crm', crmRoutes(parts, publicUrl))
    app.use('/orders', orderRoutes(parts, publicUrl))
    app.use('/ticketing', ticketingRoutes(parts, publicUrl))
    app.use('/v1', modelRoutes(parts, pace))
    await mountBilling(app, parts, publicUrl)
    app.use(signInRoutes(issuer, store))
    app.use('/oidc', issuer.callback())
    app.use(notFound, problemHandler(options.log ?? (() => undefined)))
    server.on('request', app)
  } catch (error) {
    await close()
    throw error
  }
  return { url: `http://127.0.0.1:${port}`, port, close }
}
