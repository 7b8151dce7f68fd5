// The last word of a turn: reply, usage and events in ONE transaction, only while the turn is open on its floor (rule 5).
import type { Citation } from '../domain/conversation.ts'
import { inConversation, type Scope } from './conversation-row.ts'
import type { Kernel } from './kernel.ts'
import { type IdleStanding, restAfterTurn } from './next.ts'
import { openTurnOf } from './open-turn.ts'
import { endTurn } from './pass-floor.ts'
import { sayMessage } from './say-message.ts'
import type { ConversationRow, TurnRow } from './tables.ts'
import { recordUsage, type Usage } from './usage.ts'

export type ReplyRequest = {
  conversationId: string
  turn: number
  /** The model round that wrote it; the step is the idempotency record of a repeated attempt. */
  round: number
  text: string
  citations: Citation[]
  usage: Usage | null
  /** Length of the run's history, when the run wants to hear with the commit what is next. */
  events?: number | undefined
}

/**
 * `summaryDue`: more messages than the policy allows are not covered by the summary yet. `next`: nothing is to be done now;
 * without it, ask.
 */
export type ReplyCommitted = { kind: 'committed'; summaryDue: boolean; next: IdleStanding | null } | { kind: 'stale' }

export async function commitReply(kernel: Kernel, request: ReplyRequest): Promise<ReplyCommitted> {
  let row: ConversationRow | null = null
  const outcome = await inConversation(kernel, request.conversationId, async (scope) => {
    const turn = await openTurnOf(scope, request.turn)
    if (!turn) return null
    row = scope.row
    if (request.usage) await recordUsage(scope, request.turn, `model/${request.round}`, request.usage)
    await replyInScope(scope, turn, { text: request.text, citations: request.citations, outcome: 'replied' })
    return { summaryDue: await uncovered(scope) }
  })
  if (!outcome || !row) return { kind: 'stale' }
  const next = request.events === undefined ? null : await restAfterTurn(kernel, row, request.events)
  return { kind: 'committed', ...outcome, next }
}

async function uncovered(scope: Scope): Promise<boolean> {
  const found = await scope.trx
    .selectFrom('messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversation_id', '=', scope.row.id)
    .where('seq', '>', scope.row.summary_through)
    .where('role', '!=', 'note')
    .executeTakeFirst()
  return (found?.count ?? 0) > scope.desk.policy.memory.summariseAfter
}

/** Ends the open turn with an AI message that answers everything the turn claimed; the conversation waits for the customer. */
export async function replyInScope(
  scope: Scope,
  turn: TurnRow,
  reply: { text: string; citations?: Citation[]; outcome: 'replied' | 'asked' | 'awaiting_approval' | 'approval_told' },
): Promise<void> {
  const { row, trx, now, desk } = scope
  const answered = await trx
    .updateTable('messages')
    .set({ status: 'answered' })
    .where('conversation_id', '=', row.id)
    .where('turn', '=', turn.number)
    .where('status', '=', 'processing')
    .returning(['id', 'seq'])
    .execute()
  await sayMessage(scope, {
    id: turn.reply_message_id,
    role: 'ai',
    text: reply.text,
    turn: turn.number,
    citations: reply.citations ?? [],
    inReplyTo: answered.toSorted((a, b) => a.seq - b.seq).map((message) => message.id),
  })
  await endTurn(scope, turn.number, 'done', reply.outcome)
  scope.change({
    status: 'pending',
    hand_back_note: null,
    quiet_stage: 'follow_up',
    quiet_at: new Date(now.getTime() + desk.policy.timers.followUpAfter),
  })
}
