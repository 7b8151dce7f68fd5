// What the API is built from.
import type { Kernel } from '../kernel/kernel.ts'
import type { ReadCustomerCard } from '../ports/customer-card.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Places, WebSettings } from './pages.ts'
import type { Bells } from '../temporal/bell.ts'

export type ApiLimits = {
  /** Multiplies every rate limit; 1. */
  rateLimitScale: number
  /** Above it bells are left to the relay, so that new turns queue instead of starving the others. */
  maxTurnsInFlight: number
  /** Accepted messages that no turn has claimed; above it new ones are refused with 503. */
  backlogLimit: number
}

export type ApiDeps = {
  kernel: Kernel
  bells: Bells
  /** OpenID Connect issuer of the bearer tokens. */
  issuer: string
  limits: ApiLimits
  web: WebSettings
  /** Other parts of an everdesk on one machine, for the page of the first look. */
  places?: Places | undefined
  /** Proxies in front whose word on the caller's address counts; 0. */
  trustedProxies?: number | undefined
  /** An ioredis client for shared rate limits; without it they are counted in memory, per process. */
  redis?: object | undefined
  logger: Logger
  metrics: Metrics
  version: string
  /** Asks the company's systems about a customer, for people; without it the card has no sections. */
  customerCard?: ReadCustomerCard | undefined
  /** The desk of a conversation that names none; one of `kernel.desks`. */
  defaultDesk: string
  /** Resolve while the dependency answers, reject otherwise; shown by /readyz. */
  checks: {
    store: () => Promise<unknown>
    temporal: () => Promise<unknown>
    redis?: (() => Promise<unknown>) | undefined
  }
  /** Aborts at shutdown: streams and waits end, /readyz says no. */
  stopping: AbortSignal
}
