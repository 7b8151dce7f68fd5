// What the store answers a run that asks what is next, and how the conversation stands. Codes and numbers only, because it is
// written into history. Times are epoch milliseconds.
import type { ControlledBy, ConversationStatus, Priority } from '../domain/conversation.ts'
import { deskRules, type Kernel } from './kernel.ts'
import { subjectRef } from './installation.ts'
import type { ConversationRow } from './tables.ts'

export type Standing = {
  status: ConversationStatus
  by: ControlledBy
  floor: number
  intent: string | null
  priority: Priority
  cost: string
  /** Keyed hash of the customer; only where the conversation comes to rest, and not in histories of older releases. */
  subject?: string
}

export type Idle = {
  kind: 'idle'
  wakeAt: number | null
  /** The run's history has grown long enough: it should continue as new. */
  renew?: true
}

export type IdleStanding = Idle & { standing: Standing }

export type Next = { standing: Standing } & (
  | {
      kind: 'turn'
      turn: number
      /** Model rounds already stored; the next one continues after them. */
      round: number
      deadline: number
      /** Rules were unsure: the router's model decides first. */
      unsure: boolean
    }
  | { kind: 'settle'; effect: string }
  | Idle
  | { kind: 'done' }
)

/** `row` as its transaction left it. */
export const standing = (row: ConversationRow): Standing => ({
  status: row.status,
  by: row.controlled_by,
  floor: row.floor,
  intent: row.intent,
  priority: row.priority,
  cost: row.cost_usd,
})

/** Whose it is may have changed: a guest signs in while the run goes on. */
export const standingAtRest = async (kernel: Kernel, row: ConversationRow): Promise<Standing> => ({
  ...standing(row),
  subject: await subjectRef(kernel, row.customer_id),
})

/** `events`: the length of the run's history. */
export async function idle(kernel: Kernel, row: ConversationRow, events: number): Promise<IdleStanding> {
  const renew = events >= deskRules(kernel, row.desk).policy.renewAfterEvents
  const wakeAt = row.wake_at?.getTime() ?? null
  return { kind: 'idle', wakeAt, ...(renew ? { renew } : {}), standing: await standingAtRest(kernel, row) }
}

/**
 * The answer that takeNext would give right behind a transaction which ended a turn, so that nobody has to ask for it: wake_at
 * is the minimum of everything waited for (rule 6), so in the future it says that there is nothing to do. Null: ask.
 */
export async function restAfterTurn(
  kernel: Kernel,
  row: ConversationRow,
  events: number,
): Promise<IdleStanding | null> {
  const due = row.wake_at !== null && row.wake_at <= kernel.now()
  return due || row.open_turn !== null || row.status === 'closed' ? null : idle(kernel, row, events)
}
