// A whole everdesk in the test's process, on real parts: sandbox over loopback, PostgreSQL or PGlite, Temporal, worker, relay.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { pino } from 'pino'
import { inject } from 'vitest'
import { startSandbox } from '../../sandbox/sandbox.ts'
import { migrate } from '../../src/adapters/migrations.ts'
import { openDatabase } from '../../src/adapters/postgres.ts'
import { assemble, type Assembly } from '../../src/startup/assemble.ts'
import { companySystems } from '../../src/startup/company-systems.ts'
import { readConfig } from '../../src/config.ts'
import type { DeskPolicy } from '../../src/domain/policy.ts'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import type { Tables } from '../../src/kernel/tables.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { createBells } from '../../src/temporal/bell.ts'
import { registerSearchAttributes } from '../../src/temporal/search-attributes.ts'
import { startWorker } from '../../src/worker.ts'
import { workflowId } from '../../src/workflows/messages.ts'
import { openLine } from '../../stack/line.ts'
import { createDatabase, type DatabaseKind } from './databases.ts'
import { createNamespace } from './namespace.ts'
import type { ScriptedModel } from './scripted-model.ts'
import { until } from './until.ts'

// The SDK's own lines would drown a failure.
Runtime.install({ logger: new DefaultLogger('WARN') })

export type Everdesk = Awaited<ReturnType<typeof startEverdesk>>

/** Before the worker starts: kernel and activities read the desk from these maps. */
function replacePolicy({ kernel, desks }: Assembly, changes: Partial<DeskPolicy>): void {
  for (const [name, working] of desks) {
    const policy = { ...working.desk.policy, ...changes }
    const rules = kernel.desks.get(name)
    if (rules) (kernel.desks as Map<string, typeof rules>).set(name, { ...rules, policy })
    ;(desks as Map<string, typeof working>).set(name, { ...working, desk: { ...working.desk, policy } })
  }
}

export async function startEverdesk(
  options: {
    database?: DatabaseKind
    /** A name, or the path of a desk outside src. */
    desk?: string
    /** Replaces parts of the desk's policy, such as its durations. */
    policy?: Partial<DeskPolicy>
    /** PostgreSQL only: the line to the store can be cut (`storeLine`); the harness itself looks past it. */
    cuttable?: boolean
    /** PostgreSQL only: the store is reached by the port that this opens; the caller closes it. The harness itself looks past it. */
    storeBy?: (server: { host: string; port: number }) => Promise<number>
    /** Answers instead of the sandbox's model; the caller closes it. */
    model?: ScriptedModel
    /** Who receives notices. */
    notify?: { url: string; secret: string }
    logLevel?: string
    maxTurnsInFlight?: number
    /** Seconds that Temporal keeps runs that ended; without it they stay. */
    engineRetention?: number
  } = {},
) {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-home-'))
  const address = inject('temporalAddress')
  const namespace = await createNamespace(address)
  const database = await createDatabase<Tables>(options.database ?? (inject('postgresUrl') ? 'postgres' : 'pglite'))
  await migrate(database)
  const url = 'url' in database.from ? new URL(database.from.url) : null
  const server = url && { host: url.hostname, port: Number(url.port || 5432) }
  const storeLine = options.cuttable && server ? await openLine(server) : null
  const storePort = storeLine?.port ?? (server && (await options.storeBy?.(server)))
  if (storePort && url) url.port = String(storePort)
  const behindLine = storePort && url ? await openDatabase<Tables>({ from: { url: url.href } }) : null
  const sandbox = await startSandbox({ port: 0, home, tokensPerSecond: 0 })
  const desk = options.desk ?? 'electronics-store'
  const modelsFile = join(home, 'models.json')
  if (options.model) await writeFile(modelsFile, JSON.stringify(options.model.entries))
  const config = readConfig({
    SANDBOX_URL: sandbox.url,
    DESK: desk,
    PORT: '0',
    PATH: process.env['PATH'],
    ...(options.model ? { MODELS_FILE: modelsFile } : {}),
    ...(options.notify ? { NOTIFY_WEBHOOK_URL: options.notify.url, NOTIFY_WEBHOOK_SECRET: options.notify.secret } : {}),
  })
  const logger = pino({ level: options.logLevel ?? process.env['TEST_LOG'] ?? 'silent' })
  const metrics = createMetrics()
  const assembly = await assemble({
    config,
    systems: companySystems(config, sandbox.url),
    db: behindLine?.db ?? database.db,
    logger,
    metrics,
    publicUrl: 'http://desk.test',
    alone: true,
  })
  if (options.policy) replacePolicy(assembly, options.policy)
  const temporal = { address, namespace }
  const maxTurnsInFlight = options.maxTurnsInFlight ?? 200
  const engineRetention = options.engineRetention ?? null
  const launchWorker = () => startWorker({ assembly, temporal, maxTurnsInFlight, engineRetention, logger, metrics })
  let worker: Awaited<ReturnType<typeof launchWorker>> | undefined = await launchWorker()
  const stopWorker = async () => {
    await worker?.close()
    worker = undefined
  }
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace })
  const bells = createBells(
    client,
    async () => void (await registerSearchAttributes(connection, namespace)),
    'http://desk.test',
  )
  const { kernel } = assembly
  const deskName = [...kernel.desks.keys()][0] ?? desk

  const ring = async (id: string) =>
    bells.ring(
      { conversationId: id, channel: 'web', desk: deskName, subjectRef: 'test', policyVersion: 'test' },
      'customerMessage',
    )
  const customer = (id: string) => ({ id, issuer: 'test', subject: id })
  return {
    kernel,
    desks: assembly.desks,
    db: database.db,
    sandbox,
    client,
    ring,
    metrics,
    namespace,
    /** Starts a conversation and rings; returns its id and the message's. */
    async start(text: string, as = 'cust_1001', channel = 'web') {
      const { conversation, message } = await startConversation(kernel, {
        customer: customer(as),
        desk: deskName,
        channel,
        message: { text, masked: false },
      })
      await ring(conversation.id)
      return { conversationId: conversation.id, messageId: message.id }
    },
    async send(conversationId: string, text: string, as = 'cust_1001') {
      const { message } = await acceptMessage(kernel, {
        conversationId,
        customer: customer(as),
        message: { text, masked: false },
      })
      await ring(conversationId)
      return message.id
    },
    /** Waits until no customer message of the conversation is accepted or processing, and returns its transcript. */
    async settled(conversationId: string, patience = 30_000) {
      const deadline = Date.now() + patience
      for (;;) {
        const messages = await database.db
          .selectFrom('messages')
          .selectAll()
          .where('conversation_id', '=', conversationId)
          .orderBy('seq')
          .execute()
        const open = messages.some((message) => message.status === 'accepted' || message.status === 'processing')
        if (!open) return messages
        if (Date.now() > deadline) throw new Error(`not settled: ${JSON.stringify(messages, null, 1)}`)
        await sleep(25)
      }
    },
    conversation: (id: string) =>
      database.db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    handle: (id: string) => client.workflow.getHandle(workflowId(id)),
    async ledger(): Promise<Record<string, unknown>[]> {
      const answer = await fetch(`${sandbox.url}/_ledger`)
      return ((await answer.json()) as { data: Record<string, unknown>[] }).data
    },
    until,
    storeLine,
    async heal(): Promise<void> {
      await fetch(`${sandbox.url}/_faults`, { method: 'DELETE' })
    },
    async fault(fault: Record<string, unknown>): Promise<void> {
      const answer = await fetch(`${sandbox.url}/_faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    stopWorker,
    async startWorker() {
      worker ??= await launchWorker()
    },
    async close() {
      await stopWorker()
      await connection.close()
      await assembly.close()
      await sandbox.close()
      await behindLine?.close()
      await storeLine?.close()
      await database.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
