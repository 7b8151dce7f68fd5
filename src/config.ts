// The only reader of process.env. Everything else receives typed values, so a part can be started twice with different settings.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Approver, readApprovers } from './domain/approvers.ts'
import { baseUrl, choice, integer, list, origins, positive, text, url } from './config-fields.ts'
import type { Problems, Reading } from './config-fields.ts'

/** How much is logged. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** A port with the knowledge whether somebody asked for exactly this one; 0 is any free one. */
export type PortSetting = {
  port: number
  explicit: boolean
}

/** All settings of all processes. An optional field that is absent means: use the embedded or sandbox default. */
export type Config = {
  /** Address that API and sandbox bind; HOST (127.0.0.1). */
  host: string
  /** Port of API and web; PORT (3000). */
  port: number
  /** Address customers and people see in links; PUBLIC_URL (http://localhost:PORT when absent). */
  publicUrl: string | undefined
  /** Port of the sandbox when we start it; SANDBOX_PORT (4000). */
  sandboxPort: number
  /** A sandbox that runs elsewhere; SANDBOX_URL. */
  sandboxUrl: string | undefined
  /** Port of the dev server's gRPC; TEMPORAL_PORT (7233). */
  temporalPort: number
  /** Port of the dev server's Web UI; TEMPORAL_UI_PORT (8233). */
  temporalUiPort: number
  /** A Temporal that runs elsewhere, host:port; TEMPORAL_ADDRESS. */
  temporalAddress: string | undefined
  /** TEMPORAL_NAMESPACE (default). */
  temporalNamespace: string
  /** Seconds that Temporal keeps a run of a conversation after its end; ENGINE_RETENTION (86400), `never` leaves it to the namespace. */
  engineRetention: number | null
  /** Port of the worker's metrics page; WORKER_METRICS_PORT (9464; when not explicit and taken, a free one). */
  workerMetricsPort: PortSetting
  /** Absolute state folder of the embedded parts; EVERDESK_HOME (.everdesk). */
  home: string
  /** PostgreSQL instead of the embedded one; DATABASE_URL. */
  databaseUrl: string | undefined
  /** Redis for deltas, cache and shared limits; REDIS_URL. */
  redisUrl: string | undefined
  /** Key of the model API; OPENAI_API_KEY. */
  openaiApiKey: string | undefined
  /** Base URL of the model API, with /v1; OPENAI_BASE_URL. */
  openaiBaseUrl: string | undefined
  /** OpenID Connect issuer of the bearer tokens; OIDC_ISSUER. */
  oidcIssuer: string | undefined
  /**
   * Clients of the web pages at the issuer; OIDC_CONSOLE_CLIENT_ID (everdesk-console), OIDC_CHAT_CLIENT_ID (everdesk-chat).
   * Exact origins of pages that may carry the chat widget, beside our own; EMBED_ORIGINS (none).
   */
  web: {
    consoleClientId: string
    chatClientId: string
    embedOrigins: string[]
    /** What the pages ask the issuer for; OIDC_SCOPE (openid profile), OIDC_RESOURCE. */
    scope: string
    resource: string | undefined
  }
  /** Proxies in front of the API whose word on the caller's address counts; TRUSTED_PROXIES (0). */
  trustedProxies: number
  /** The company's systems, each replaceable; CRM_URL, ORDERS_URL, BILLING_WSDL, TICKETING_URL. */
  crmUrl: string | undefined
  ordersUrl: string | undefined
  billingWsdl: string | undefined
  ticketingUrl: string | undefined
  /** Names or paths of desks, the first is the default; DESK (electronics-store). */
  desks: string[]
  /** JSON list of models; MODELS_FILE. */
  modelsFile: string | undefined
  /** Multiplies every rate limit; RATE_LIMIT_SCALE (1). */
  rateLimitScale: number
  /** LOG_LEVEL (info). */
  logLevel: LogLevel
  /** Turns that may run at once over all workers; MAX_TURNS_IN_FLIGHT (200). */
  maxTurnsInFlight: number
  /** Receiver of signed notices, such as a pager; NOTIFY_WEBHOOK_URL with NOTIFY_WEBHOOK_SECRET. Null: none is sent. */
  notify: { url: string; secret: string } | null
  /** Colleagues who get a signed link for every approval they may decide on; APPROVERS, a JSON list of `{id, name, role}`. */
  approvers: Approver[]
  /** Signs those links; APPROVAL_LINK_SECRET, else one made and kept in the store. */
  approvalLinkSecret: string | null
  /** Accepted unanswered messages before the API answers 503; BACKLOG_LIMIT (10000). */
  backlogLimit: number
  /** The environment itself, for the key variables that MODELS_FILE names. */
  variables: Readonly<Record<string, string | undefined>>
  /** What finding the Temporal CLI needs to know of this machine. */
  machine: { searchPath: string; cacheFolder: string }
}

/** Every problem of the environment at once, one line each. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`Configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads and checks the whole environment; throws one ConfigError that lists every problem. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: Problems = []
  const read = { env, problems }
  const port = integer(read, 'PORT', { default: 3000, max: 65_535 })
  const port0 = port === 0 ? 0 : undefined
  const portOf = (name: string, usual: number) => integer(read, name, { default: port0 ?? usual, max: 65_535 })
  const config: Config = {
    host: text(read, 'HOST') ?? '127.0.0.1',
    port,
    publicUrl: baseUrl(read, 'PUBLIC_URL'),
    sandboxPort: portOf('SANDBOX_PORT', 4000),
    sandboxUrl: baseUrl(read, 'SANDBOX_URL'),
    temporalPort: portOf('TEMPORAL_PORT', 7233),
    temporalUiPort: portOf('TEMPORAL_UI_PORT', 8233),
    temporalAddress: temporalAddress(text(read, 'TEMPORAL_ADDRESS'), problems),
    temporalNamespace: text(read, 'TEMPORAL_NAMESPACE') ?? 'default',
    engineRetention:
      text(read, 'ENGINE_RETENTION') === 'never' ? null : integer(read, 'ENGINE_RETENTION', { default: 86_400 }),
    workerMetricsPort: {
      port: portOf('WORKER_METRICS_PORT', 9464),
      explicit: text(read, 'WORKER_METRICS_PORT') !== undefined,
    },
    home: resolve(text(read, 'EVERDESK_HOME') ?? '.everdesk'),
    databaseUrl: url(read, 'DATABASE_URL', ['postgres', 'postgresql']),
    redisUrl: url(read, 'REDIS_URL', ['redis', 'rediss']),
    openaiApiKey: text(read, 'OPENAI_API_KEY'),
    openaiBaseUrl: baseUrl(read, 'OPENAI_BASE_URL'),
    oidcIssuer: url(read, 'OIDC_ISSUER', ['http', 'https']),
    web: {
      consoleClientId: text(read, 'OIDC_CONSOLE_CLIENT_ID') ?? 'everdesk-console',
      chatClientId: text(read, 'OIDC_CHAT_CLIENT_ID') ?? 'everdesk-chat',
      embedOrigins: origins(read, 'EMBED_ORIGINS'),
      scope: text(read, 'OIDC_SCOPE') ?? 'openid profile',
      resource: text(read, 'OIDC_RESOURCE'),
    },
    trustedProxies: integer(read, 'TRUSTED_PROXIES', { default: 0, max: 10 }),
    crmUrl: baseUrl(read, 'CRM_URL'),
    ordersUrl: baseUrl(read, 'ORDERS_URL'),
    billingWsdl: url(read, 'BILLING_WSDL', ['http', 'https', 'file']),
    ticketingUrl: baseUrl(read, 'TICKETING_URL'),
    desks: list(read, 'DESK', ['electronics-store']),
    modelsFile: text(read, 'MODELS_FILE'),
    rateLimitScale: positive(read, 'RATE_LIMIT_SCALE', 1),
    logLevel: choice(read, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    maxTurnsInFlight: integer(read, 'MAX_TURNS_IN_FLIGHT', { default: 200, min: 1 }),
    notify: notifyWebhook(read),
    approvers: approversOf(read),
    approvalLinkSecret: linkSecret(read),
    backlogLimit: integer(read, 'BACKLOG_LIMIT', { default: 10_000, min: 1 }),
    variables: env,
    machine: {
      searchPath: env['PATH'] ?? '',
      cacheFolder: join(text(read, 'XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'everdesk'),
    },
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** A receiver that could not check the signature would have to trust anybody, so there is none without a secret. */
function notifyWebhook(read: Reading): Config['notify'] {
  const receiver = url(read, 'NOTIFY_WEBHOOK_URL', ['http', 'https'])
  const secret = text(read, 'NOTIFY_WEBHOOK_SECRET')
  if (text(read, 'NOTIFY_WEBHOOK_URL') === undefined) return null
  if (secret === undefined || !/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)) {
    read.problems.push(
      'NOTIFY_WEBHOOK_SECRET is needed with NOTIFY_WEBHOOK_URL: whsec_ and at least 24 bytes in base64',
    )
    return null
  }
  return receiver === undefined ? null : { url: receiver, secret }
}

function approversOf(read: Reading): Approver[] {
  const given = text(read, 'APPROVERS')
  const approvers = given === undefined ? [] : readApprovers(given)
  if (approvers === null) {
    read.problems.push('APPROVERS is not a JSON list of {"id", "name", "role": "agent" or "supervisor"}, each id once')
  }
  return approvers ?? []
}

function linkSecret(read: Reading): string | null {
  const secret = text(read, 'APPROVAL_LINK_SECRET') ?? null
  if (secret !== null && secret.length < 32) read.problems.push('APPROVAL_LINK_SECRET needs 32 characters or more')
  return secret
}

function temporalAddress(value: string | undefined, problems: Problems): string | undefined {
  if (value === undefined || /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.-]+):\d{1,5}$/.test(value)) return value
  problems.push(`TEMPORAL_ADDRESS is "${value}", expected host:port, such as localhost:7233`)
  return undefined
}
