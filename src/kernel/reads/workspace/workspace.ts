// Everything a person needs beside the transcript to go on with a conversation, read at once [H5].
import { sql } from 'kysely'
import { isLive } from '../../../domain/handoff.ts'
import type { ApprovalView } from '../../approval-view.ts'
import { type ConversationView, conversationView } from '../../conversation-view.ts'
import { type EffectView, effectView } from '../../effect-view.ts'
import { type FeedbackView, feedbackView, type RatingView, ratingView } from '../../feedback-view.ts'
import { type HandoffView, handoffView } from '../../handoff-view.ts'
import type { Kernel } from '../../kernel.ts'
import { NO_DEADLINES, type NextDeadline } from '../../next-deadline.ts'
import { approvalViews } from '../approvals.ts'
import { findConversation } from '../conversations.ts'
import { feedbackOf } from '../feedback.ts'
import { peopleDeadlines } from '../people-deadlines.ts'
import { type TimelineEntry, timeline } from './timeline.ts'
import { type TurnView, turnViews } from './turns.ts'

export type CustomerCard = {
  id: string
  name: string | null
  tier: string | null
  /** When we first heard of them. */
  since: string
  conversations: number
  open: number
}

export type Workspace = {
  conversation: ConversationView
  customer: CustomerCard
  next: NextDeadline | null
  turns: TurnView[]
  handoffs: HandoffView[]
  approvals: ApprovalView[]
  effects: EffectView[]
  timeline: TimelineEntry[]
  feedback: FeedbackView[]
  rating: RatingView | null
  suggested_reply: string | null
}

/** Undefined when there is no such conversation. */
export async function readWorkspace(kernel: Kernel, conversationId: string): Promise<Workspace | undefined> {
  const row = await findConversation(kernel, conversationId)
  if (!row) return undefined
  const [people, customer, handoffs, approvals, effects, told, opinion] = await Promise.all([
    peopleDeadlines(kernel, [row.id]),
    customerCard(kernel, row.customer_id),
    kernel.db
      .selectFrom('handoffs')
      .selectAll()
      .where('conversation_id', '=', row.id)
      .orderBy('offered_at')
      .orderBy('id')
      .execute(),
    kernel.db.selectFrom('approvals').selectAll().where('conversation_id', '=', row.id).orderBy('id').execute(),
    kernel.db.selectFrom('effects').selectAll().where('conversation_id', '=', row.id).orderBy('id').execute(),
    timeline(kernel, row.id),
    feedbackOf(kernel, row.id),
  ])
  const conversation = conversationView(row, people.get(row.id) ?? NO_DEADLINES)
  return {
    conversation,
    customer,
    next: conversation.next,
    turns: await turnViews(kernel, row.id, effects),
    handoffs: handoffs.map(handoffView),
    approvals: await approvalViews(kernel.db, approvals),
    effects: effects.map(effectView),
    timeline: told,
    feedback: opinion.feedback.map(feedbackView),
    rating: opinion.rating ? ratingView(opinion.rating) : null,
    suggested_reply: handoffs.findLast(({ state }) => isLive(state))?.brief.suggested_reply ?? null,
  }
}

async function customerCard(kernel: Kernel, customerId: string): Promise<CustomerCard> {
  const { rows } = await sql<Omit<CustomerCard, 'since'> & { created_at: Date }>`
    select cu.id, cu.name, cu.tier, cu.created_at, count(c.id)::int as conversations,
      (count(c.id) filter (where c.status <> 'closed'))::int as open
    from customers cu left join conversations c on c.tenant_id = cu.tenant_id and c.customer_id = cu.id
    where cu.tenant_id = ${kernel.tenant} and cu.id = ${customerId}
    group by cu.tenant_id, cu.id`.execute(kernel.db)
  const [card] = rows
  if (!card) throw new Error('A conversation has no customer.')
  const { created_at: since, ...known } = card
  return { ...known, since: since.toISOString() }
}
