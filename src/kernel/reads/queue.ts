// The queue of people: what waits for whom, most urgent first. A page is chosen first, by indexed columns; what is shown of its
// rows is looked up only for them.
import { type RawBuilder, sql } from 'kysely'
import type { ControlledBy, ConversationStatus, Person, Priority } from '../../domain/conversation.ts'
import type { Kernel } from '../kernel.ts'
import { type Page, type PageRequest, pageOf, readCursor } from './cursor.ts'
import { handoffClock, LIVE, type QueueSource, queueSource, type QueueView } from './queue-views.ts'

export type QueueRow = {
  key: string
  view: QueueView
  conversation_id: string
  customer: { id: string; name: string | null; tier: string | null }
  /** The customer's last words, on one line. */
  subject: string
  channel: string
  intent: string | null
  status: ConversationStatus
  controlled_by: ControlledBy
  floor_owner: Person | null
  /** The colleague or team it was given to and who has not claimed it yet. */
  assigned_to: Person | null
  team: string | null
  reason: string | null
  priority: Priority
  /** Of the approval, else of the handoff. */
  state: string | null
  handoff_id: string | null
  approval_id: string | null
  alert_kind: string | null
  approval_text: string | null
  offered_at: string | null
  deadline_at: string | null
  updated_at: string
}

export type QueueFilter = {
  view: QueueView
  /** Whose `mine` is. */
  personId: string
  /** Found in ids, order numbers and other facts, the customer's name, and what was said last. */
  search?: string | undefined
  reason?: string | undefined
  priority?: Priority | undefined
  channel?: string | undefined
  intent?: string | undefined
}

/** Rows that nobody was promised a time for come last. */
const NEVER = '9999-12-31T00:00:00.000Z'
const SUBJECT_LENGTH = 140
/** Messages of a conversation, from the newest, that a search looks into. */
const SEARCHED_MESSAGES = 40

const deadline = sql`case when s.approval_id is not null then s.expires_at else ${handoffClock} end`

type Found = QueueSource & {
  deadline_at: Date | null
  urgency: Date
  customer_id: string
  name: string | null
  tier: string | null
  text: string | null
  channel: string
  intent: string | null
  status: ConversationStatus
  controlled_by: ControlledBy
  handoff_id: string | null
  claimed_by: Person | null
  assigned_to: Person | null
  team: string | null
  reason: string | null
  priority: Priority
  handoff_state: string | null
  approval_state: string | null
  approval_text: string | null
  offered_at: Date | null
  updated_at: Date
}

export async function listQueue(kernel: Kernel, filter: QueueFilter, page: PageRequest): Promise<Page<QueueRow>> {
  const after = readCursor(page.cursor, ['time', 'time', 'string'])
  const conditions = [
    sql`c.tenant_id = ${kernel.tenant}`,
    // True of them anyway; said, so that the index on these few is used. Closed ones are never stuck, but nothing else keeps
    // that list from showing one.
    ...(filter.view === 'stuck' ? [] : [sql`c.status <> 'closed'`]),
    ...(filter.reason === undefined ? [] : [sql`h.reason = ${filter.reason}`]),
    ...(filter.priority === undefined ? [] : [sql`coalesce(h.priority, c.priority) = ${filter.priority}`]),
    ...(filter.channel === undefined ? [] : [sql`c.channel = ${filter.channel}`]),
    ...(filter.intent === undefined ? [] : [sql`c.intent = ${filter.intent}`]),
    ...(filter.search === undefined ? [] : [found(filter.search)]),
    ...(after
      ? [
          sql`(coalesce(${deadline}, ${NEVER}::timestamptz), s.since, s.key)
            > (${after[0]}::timestamptz, ${after[1]}::timestamptz, ${after[2]})`,
        ]
      : []),
  ]
  const { rows } = await sql<Found>`
    select page.*, cu.name, cu.tier, a.state as approval_state, a.text as approval_text,
      (select left(m.text, ${4 * SUBJECT_LENGTH}::int) from messages m
        where m.conversation_id = page.conversation_id and m.role = 'customer' order by m.seq desc limit 1) as text
    from (
      select s.*, ${deadline} as deadline_at, coalesce(${deadline}, ${NEVER}::timestamptz) as urgency, c.tenant_id, c.customer_id, c.channel, c.intent,
        c.status, c.controlled_by, c.updated_at, h.id as handoff_id, h.claimed_by, h.assigned_to, h.team, h.reason, h.state as handoff_state,
        h.offered_at, coalesce(h.priority, c.priority) as priority
      from (${queueSource(kernel, filter.view, filter.personId)}) s
      join conversations c on c.id = s.conversation_id
      left join handoffs h on h.conversation_id = c.id and h.state in ${LIVE}
      where ${sql.join(conditions, sql` and `)}
      order by urgency, s.since, s.key
      limit ${page.limit + 1}
    ) page
    join customers cu on cu.tenant_id = page.tenant_id and cu.id = page.customer_id
    left join approvals a on a.id = page.approval_id
    order by page.urgency, page.since, page.key`.execute(kernel.db)
  return pageOf(
    rows,
    page.limit,
    (row) => shown(filter.view, row),
    ({ urgency, since, key }) => [urgency.toISOString(), since.toISOString(), key],
  )
}

/** Everything is compared as it is: no character of what was typed has a meaning of its own. */
function found(search: string): RawBuilder<boolean> {
  const within = (column: RawBuilder<unknown>) => sql<boolean>`strpos(lower(${column}), lower(${search})) > 0`
  return sql`(
    c.id = ${search} or ${within(sql`c.customer_id`)} or ${within(sql`coalesce(c.ticket_id, '')`)}
    or exists (select 1 from jsonb_array_elements(c.facts) fact where ${within(sql`fact ->> 'value'`)})
    or exists (select 1 from customers cu where cu.tenant_id = c.tenant_id and cu.id = c.customer_id
      and ${within(sql`coalesce(cu.name, '')`)})
    or exists (
      select 1 from (
        select m.text from messages m where m.conversation_id = c.id and m.role in ('customer', 'ai', 'human')
        order by m.seq desc limit ${SEARCHED_MESSAGES}
      ) said where ${within(sql`said.text`)}
    ))`
}

function shown(view: QueueView, row: Found): QueueRow {
  return {
    key: row.key,
    view,
    conversation_id: row.conversation_id,
    customer: { id: row.customer_id, name: row.name, tier: row.tier },
    subject: oneLine(row.text ?? ''),
    channel: row.channel,
    intent: row.intent,
    status: row.status,
    controlled_by: row.controlled_by,
    floor_owner: row.claimed_by,
    assigned_to: row.claimed_by ? null : row.assigned_to,
    team: row.claimed_by ? null : row.team,
    reason: row.reason,
    priority: row.priority,
    state: row.approval_id === null ? row.handoff_state : row.approval_state,
    handoff_id: row.handoff_id,
    approval_id: row.approval_id,
    alert_kind: row.alert_kind,
    approval_text: row.approval_text,
    offered_at: row.offered_at?.toISOString() ?? null,
    deadline_at: row.deadline_at?.toISOString() ?? null,
    updated_at: row.updated_at.toISOString(),
  }
}

/** Cut by code points, not in the middle of one. */
function oneLine(text: string): string {
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim())
  return characters.length > SUBJECT_LENGTH
    ? `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`
    : characters.join('')
}
