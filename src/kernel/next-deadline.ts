// The next deadline of a conversation that a person would want to see [C6, H4]: when it is followed up, resolved or closed, until
// when somebody answers, until when an approval waits.
import type { ConversationRow } from './tables.ts'

export type NextDeadline = { kind: 'follow_up' | 'resolve' | 'close' | 'handoff' | 'approval'; at: string }

/** What people are waited for stands in rows of its own. */
export type PeopleDeadlines = { handoff: Date | null; approval: Date | null }
export const NO_DEADLINES: PeopleDeadlines = { handoff: null, approval: null }

/** The earliest; quiet timers rest while a person has the floor. */
export function nextDeadline(
  row: Pick<ConversationRow, 'controlled_by' | 'quiet_at' | 'quiet_stage'>,
  { handoff, approval }: PeopleDeadlines,
): NextDeadline | null {
  const quiet = row.controlled_by === 'ai' ? row.quiet_stage : null
  const due = [
    ...(quiet && row.quiet_at ? [{ kind: quiet, at: row.quiet_at }] : []),
    ...(handoff ? [{ kind: 'handoff' as const, at: handoff }] : []),
    ...(approval ? [{ kind: 'approval' as const, at: approval }] : []),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const [first] = due
  return first ? { kind: first.kind, at: first.at.toISOString() } : null
}
