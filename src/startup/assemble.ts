// The kernel with its desks, bus, cache and models, as worker and API share them. One place that knows which adapter stands
// behind which port.
import { readFile } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type { WorkingDesk } from '../activities/deps.ts'
import { createCircuitBreakers } from '../adapters/circuit-breakers.ts'
import { createHttpClient } from '../adapters/http-client.ts'
import { createMemoryBus } from '../adapters/memory-bus.ts'
import { createMemoryCache } from '../adapters/memory-cache.ts'
import { noBus } from '../adapters/no-bus.ts'
import { noCache } from '../adapters/no-cache.ts'
import { postgresKnowledge, postgresPassages } from '../adapters/postgres-knowledge.ts'
import { connectModels } from '../adapters/providers/connect-models.ts'
import { providers } from '../adapters/providers/index.ts'
import { connectRedis, type RedisConnection } from '../adapters/redis.ts'
import { createRedisBus } from '../adapters/redis-bus.ts'
import { createRedisCache } from '../adapters/redis-cache.ts'
import { createSoapClient } from '../adapters/soap-client.ts'
import { createWebhookSender } from '../adapters/webhook-sender.ts'
import { httpWithBreaker, modelWithBreaker, soapWithBreaker } from '../adapters/with-breaker.ts'
import type { CompanySystems } from './company-systems.ts'
import { type Config, ConfigError } from '../config.ts'
import { messageOf } from './running-parts.ts'
import { loadDesks } from '../desks/index.ts'
import { type Desk, isPublic } from '../desks/types.ts'
import { untrustedReadsOf, writeRulesOf } from '../desks/write-rules.ts'
import { sentimentOf } from '../guardrails/sentiment.ts'
import { NO_REQUEST } from '../domain/routing.ts'
import type { DeskRules, Kernel } from '../kernel/kernel.ts'
import type { Tables } from '../kernel/tables.ts'
import { type ModelEntry, readModels } from '../llm/models.ts'
import type { PassageStore } from '../ports/knowledge.ts'
import type { LanguageModel } from '../ports/llm.ts'
import type { NoticeSender } from '../ports/notices.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { observeCommitted } from '../telemetry/observe.ts'

const TENANT = 'default'

export type Assembly = {
  kernel: Kernel
  desks: ReadonlyMap<string, WorkingDesk>
  models: readonly ModelEntry[]
  model: LanguageModel
  passages: PassageStore
  /** Null: nobody outside is told anything. */
  sendNotice: NoticeSender | null
  redis: RedisConnection | null
  close: () => Promise<void>
}

export type AssemblyRequest = {
  config: Config
  systems: CompanySystems
  db: Kysely<Tables>
  logger: Logger
  metrics: Metrics
  publicUrl: string
  /** All parts live in this process, so memory can stand in for Redis. */
  alone: boolean
}

const CIRCUIT_STATES = { closed: 0, half_open: 1, open: 2 } as const

export async function assemble(request: AssemblyRequest): Promise<Assembly> {
  const { config, systems, db, logger, metrics, alone } = request
  const models = await modelList(config, systems)
  const redis = config.redisUrl
    ? connectRedis(config.redisUrl, { onError: (code) => logger.warn({ code }, 'Redis is out of reach') })
    : null
  const redisBus = redis ? createRedisBus({ connection: redis, tenant: TENANT }) : null
  const onLookup = (tier: string, outcome: string) => metrics.cacheRequests.inc({ tier, outcome })
  const cache = redis
    ? createRedisCache({ connection: redis, onLookup })
    : alone && config.databaseUrl === undefined
      ? createMemoryCache({ onLookup })
      : noCache // Several processes on one store, with a memory each, would show each other's stale rows.
  const breakers = createCircuitBreakers({
    onState: (dependency, state) => metrics.circuitState.set({ dependency }, CIRCUIT_STATES[state]),
  })
  const { crmUrl, ordersUrl, billingWsdl, ticketingUrl } = systems
  const ports = {
    http: httpWithBreaker(createHttpClient(), breakers),
    soap: soapWithBreaker(createSoapClient({ wsdls: [billingWsdl] }), breakers),
    cache,
    knowledge: postgresKnowledge({ db, tenant: TENANT }),
    settings: { crm: crmUrl, orders: ordersUrl, billing: billingWsdl, ticketing: ticketingUrl },
  }
  const desks = new Map(
    (await loadDesks(config.desks)).map((desk) => [desk.name, workingDesk(desk, desk.systems(ports))]),
  )
  const kernel: Kernel = {
    db,
    tenant: TENANT,
    desks: new Map([...desks].map(([name, { desk }]) => [name, deskRules(desk)])),
    bus: redisBus ?? (alone ? createMemoryBus() : noBus),
    now: () => new Date(),
    publicUrl: request.publicUrl.replace(/\/+$/, ''),
    observe: (committed) => observeCommitted(metrics, committed),
    notifies: config.notify !== null,
    links: { secret: config.approvalLinkSecret, approvers: config.approvers },
    sentimentOf,
  }
  return {
    kernel,
    desks,
    models,
    model: modelWithBreaker(connectModels(providers, models), breakers),
    passages: postgresPassages({ db, tenant: TENANT }),
    sendNotice: config.notify && createWebhookSender(config.notify),
    redis,
    async close() {
      redisBus?.close()
      redis?.close()
    },
  }
}

async function modelList(config: Config, systems: CompanySystems): Promise<ModelEntry[]> {
  const { models, problems } = readModels({
    modelsFile: config.modelsFile ? await readModelsFile(config.modelsFile) : undefined,
    openaiBaseUrl: config.openaiBaseUrl,
    openaiApiKey: config.openaiApiKey,
    sandboxUrl: systems.modelUrl.replace(/\/v1$/, ''),
    providers: providers.map(({ name }) => name),
    variables: config.variables,
  })
  if (problems.length > 0) throw new ConfigError(problems)
  return models
}

async function readModelsFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new ConfigError([`MODELS_FILE cannot be read: ${messageOf(error)}`])
  }
}

function workingDesk(desk: Desk, systems: unknown): WorkingDesk {
  return {
    desk,
    tools: new Map(desk.tools.map((tool) => [tool.name, tool])),
    specialists: new Map(desk.specialists.map((specialist) => [specialist.name, specialist])),
    systems,
  }
}

function deskRules(desk: Desk): DeskRules {
  const specialistOf = new Map(desk.specialists.map((specialist) => [specialist.intent, specialist.name]))
  return {
    name: desk.name,
    policy: desk.policy,
    catalogue: desk.catalogue,
    facts: desk.facts,
    routingRules: desk.routingRules,
    intents: [...specialistOf.keys(), NO_REQUEST],
    specialistOf: (intent) => specialistOf.get(intent) ?? null,
    publicTools: new Set(desk.tools.filter(isPublic).map(({ name }) => name)),
    writes: writeRulesOf(desk),
    untrusted: untrustedReadsOf(desk),
    ticket: { tool: desk.ticket.tool, input: desk.ticket.input },
  }
}
