// Every command has an id and is recorded with its outcome in the transaction that carries it out (rule 4). The same
// command again returns that outcome and changes nothing.
import { Refusal } from '../domain/errors.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import { type Actor, commandSpace } from './actor.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import { digestOf } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { isUniqueViolation } from './store-errors.ts'

export type Command = {
  actor: Actor
  /** `Idempotency-Key`, or `<runId>/<ordinal>` of an operator's signal. Without one the command stands for itself. */
  id?: string | undefined
  kind: string
  /** The customer it must belong to; anybody else's conversation is as good as none, also for a used id. */
  owner?: string | undefined
  /** What was asked for; the same id with another request is a conflict. */
  request: JsonObject
}

/** What came of a command; `repeated` when it had been carried out before and only its outcome was looked up. */
export type Carried<T> = { outcome: T; repeated: boolean }

/**
 * Carries out a command under the lock of its conversation. Returns null when there is no such conversation of the owner.
 * Throws Refusal `idempotency_conflict` when the id belongs to another request, and what `work` throws.
 */
export async function carryOut<T extends Json>(
  kernel: Kernel,
  conversationId: string,
  command: Command,
  work: (scope: Scope) => Promise<T>,
): Promise<Carried<T> | null> {
  const attempt = () =>
    inConversation(kernel, conversationId, async (scope): Promise<Carried<T> | null> => {
      if (command.owner !== undefined && scope.row.customer_id !== command.owner) return null
      const known = await recorded<T>(scope, command)
      if (known) return { outcome: known.outcome, repeated: true }
      const outcome = await work(scope)
      await record(scope, command, outcome)
      return { outcome, repeated: false }
    })
  try {
    return await attempt()
  } catch (error) {
    // The same id was used at the same moment on another conversation: its row is there now, and says so.
    if (!isUniqueViolation(error, 'commands_pkey')) throw error
    return attempt()
  }
}

async function recorded<T extends Json>(scope: Scope, command: Command): Promise<{ outcome: T } | null> {
  if (command.id === undefined) return null
  const row = await scope.trx
    .selectFrom('commands')
    .select(['kind', 'request_digest', 'outcome'])
    .where('tenant_id', '=', scope.kernel.tenant)
    .where('actor', '=', commandSpace(command.actor))
    .where('id', '=', command.id)
    .executeTakeFirst()
  if (!row) return null
  if (row.kind !== command.kind || row.request_digest !== requestDigest(scope, command)) {
    throw new Refusal('idempotency_conflict', 'This Idempotency-Key was used for another request. Use a new one.')
  }
  return { outcome: row.outcome as T }
}

async function record(scope: Scope, command: Command, outcome: Json): Promise<void> {
  if (command.id === undefined) return
  await scope.trx
    .insertInto('commands')
    .values({
      tenant_id: scope.kernel.tenant,
      actor: commandSpace(command.actor),
      id: command.id,
      kind: command.kind,
      request_digest: requestDigest(scope, command),
      conversation_id: scope.row.id,
      outcome: JSON.stringify(outcome),
      created_at: scope.now,
    })
    .execute()
}

const requestDigest = (scope: Scope, command: Command): string =>
  digestOf({ conversation: scope.row.id, request: command.request })
