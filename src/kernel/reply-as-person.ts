// A person answers the customer. Only the one who claimed the conversation may; `takeOver` claims it in the same transaction.
import { sql } from 'kysely'
import { type MessageView, WITH_PEOPLE } from '../domain/conversation.ts'
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import type { Scope } from './conversation-row.ts'
import { refuseReplyId } from './customer-message.ts'
import { ownHandoff } from './find-handoff.ts'
import { changeHandoff, clockOf } from './handoff-clock.ts'
import { newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { messageView, sayMessage } from './say-message.ts'
import { takeOverUnderLock } from './take-over.ts'

export type PersonReply = {
  conversationId: string
  agent: Actor
  /** `text` after masking. */
  message: { id?: string | undefined; text: string }
  takeOver?: boolean | undefined
  /** The messages it answers; without it and `lastSeenSeq`, everything before it. */
  inReplyTo?: string[] | undefined
  /** It answers what the person had seen: messages up to this seq. */
  lastSeenSeq?: number | undefined
  /** Counts only without a message id. */
  commandId?: string | undefined
}

/** Throws Refusal `not_found`, `not_yours`, `already_claimed`, `idempotency_conflict` or `invalid_request`. */
export async function replyAsPerson(kernel: Kernel, reply: PersonReply): Promise<Carried<{ message: MessageView }>> {
  const { agent, message } = reply
  const command = {
    actor: agent,
    id: message.id === undefined ? reply.commandId : undefined,
    kind: 'reply',
    request: {
      text: message.text,
      take_over: reply.takeOver ?? false,
      in_reply_to: reply.inReplyTo ?? null,
      last_seen_seq: reply.lastSeenSeq ?? null,
    },
  }
  let known: MessageView | null = null
  const carried = await carryOut(kernel, reply.conversationId, command, async (scope) => {
    known = await knownReply(scope, reply)
    return { message: known ?? (await sayReply(scope, reply)) }
  })
  if (!carried) throw new Refusal('not_found', 'There is no such conversation.')
  return { outcome: carried.outcome, repeated: carried.repeated || known !== null }
}

async function knownReply(scope: Scope, { agent, message }: PersonReply): Promise<MessageView | null> {
  if (message.id === undefined) return null
  const known = await scope.trx
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', scope.row.id)
    .where('id', '=', message.id)
    .executeTakeFirst()
  if (!known) {
    await refuseReplyId(scope, message.id)
    return null
  }
  if (known.role !== 'human' || known.author?.id !== agent.id || known.text !== message.text) {
    throw new Refusal('idempotency_conflict', 'This message id was used for another message. Use a new id.')
  }
  return messageView(known)
}

async function sayReply(scope: Scope, reply: PersonReply): Promise<MessageView> {
  const { agent, message } = reply
  const handoff = reply.takeOver ? await takeOverUnderLock(scope, agent) : await ownHandoff(scope, agent)
  const answered = await answeredBy(scope, reply)
  const said = await sayMessage(scope, {
    id: message.id ?? newId('msg', scope.now),
    role: 'human',
    text: message.text,
    inReplyTo: answered.inReplyTo,
    author: { id: agent.id, name: agent.name },
  })
  const clock = { state: 'answered', priority: handoff.priority, missed: 0, waiting: answered.waiting > 0 } as const
  await changeHandoff(scope, handoff.id, { ...clockOf(scope, clock), answered_at: scope.now })
  scope.change({ status: answered.waiting > 0 ? 'open' : 'pending' })
  await audit(scope, agent, { action: 'message.replied', subject: said.id })
  return said
}

/** Marks what the reply answers, and counts what still waits for a person. */
async function answeredBy(scope: Scope, reply: PersonReply): Promise<{ inReplyTo: string[]; waiting: number }> {
  const { trx, row } = scope
  const { inReplyTo, lastSeenSeq } = reply
  if (inReplyTo) await refuseUnknown(scope, inReplyTo)
  let update = trx
    .updateTable('messages')
    .set({ status: 'answered' })
    .where('conversation_id', '=', row.id)
    .where('status', 'in', WITH_PEOPLE)
  if (inReplyTo) update = update.where('id', 'in', inReplyTo)
  if (lastSeenSeq !== undefined) update = update.where('seq', '<=', lastSeenSeq)
  const answered = await update.returning(['id', 'seq']).execute()
  const { waiting } = await trx
    .selectFrom('messages')
    .select(sql<number>`count(*)::int`.as('waiting'))
    .where('conversation_id', '=', row.id)
    .where('status', 'in', WITH_PEOPLE)
    .executeTakeFirstOrThrow()
  const ids = answered.toSorted((a, b) => a.seq - b.seq).map(({ id }) => id)
  return { inReplyTo: inReplyTo ?? ids, waiting }
}

async function refuseUnknown(scope: Scope, ids: string[]): Promise<void> {
  const rows = await scope.trx
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', scope.row.id)
    .where('role', '=', 'customer')
    .where('id', 'in', ids)
    .execute()
  const found = new Set(rows.map(({ id }) => id))
  const errors = ids.flatMap((id, index) =>
    found.has(id) ? [] : [{ pointer: `/in_reply_to/${index}`, detail: 'There is no such customer message.' }],
  )
  if (errors.length > 0) {
    throw new Refusal('invalid_request', 'A reply can only answer customer messages of its conversation.', { errors })
  }
}
