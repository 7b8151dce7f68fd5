// What must hold between any two transactions, looked at in each conversation that one has just changed.
import type { Change, Row } from '../store/journal.ts'
import { POLICY } from '../world/desk.ts'
import { approvalsDue } from './approvals.ts'
import { isWaiting, liveHandoff, type Mirror, type MirroredConversation } from './mirror.ts'

export function inconsistent(mirror: Mirror, changes: readonly Change[], now: number): string[] {
  const found: string[] = []
  for (const id of new Set(changes.map(({ conversation }) => conversation))) {
    const of = mirror.of(id)
    if (of)
      found.push(
        ...floorHolds(of),
        ...turnHolds(of),
        ...wakes(of, now),
        ...handoffGoesOn(of, now),
        ...resolutionStands(of),
      )
    if (of && of.row['close_requested_by'] !== null && changes.some((change) => isNewMessage(change, id))) {
      found.push('close request outlived a new message')
    }
  }
  return found
}

const isNewMessage = ({ table, conversation, old, row }: Change, id: string): boolean =>
  table === 'messages' && conversation === id && old === null && row['role'] === 'customer'

function floorHolds(of: MirroredConversation): string[] {
  const found: string[] = []
  const human = of.row['controlled_by'] === 'human'
  const live = liveHandoff(of)
  if (human && !live) found.push('a person has the floor, but no handoff')
  if (!human && live) found.push('the AI has the floor, but there is a live handoff')
  if (human && [...of.messages.values()].some(isWaiting))
    found.push('message waits for the AI while a person has the floor')
  return found
}

function turnHolds(of: MirroredConversation): string[] {
  const found: string[] = []
  const open = [...of.turns.values()].filter(({ state }) => state === 'open').map(({ number }) => number)
  const named = of.row['open_turn']
  if (open.length > 1 || (open[0] ?? null) !== named) found.push('open turn and the row that names it differ')
  for (const { status, turn } of of.messages.values()) {
    if (status === 'processing' && turn !== named) found.push('message of an ended turn still in process')
  }
  for (const { state, authority, turn } of of.effects.values()) {
    if (state === 'intended' && authority === 'turn' && turn !== named) found.push('ended turn keeps an unsent write')
  }
  return found
}

/** At most one resolution stands, and none once the customer has returned [C6]. */
function resolutionStands(of: MirroredConversation): string[] {
  const standing = [...of.resolutions.values()].filter((row) => row['revoked_at'] === null).length
  const atRest = of.row['status'] === 'resolved' || of.row['status'] === 'closed'
  return standing > (atRest ? 1 : 0) ? ['a resolution stands though the conversation goes on'] : []
}

const LONGEST_WORD = Math.max(...Object.values(POLICY.people.firstWord), ...Object.values(POLICY.people.nextWord))

/** A live handoff has a deadline with a step behind it, and nobody who claimed it may keep a customer waiting for long. */
function handoffGoesOn(of: MirroredConversation, now: number): string[] {
  const live = liveHandoff(of)
  if (!live) return []
  const deadline = timeOf(live['deadline_at'])
  const found = live['next_step'] === null || deadline === Infinity ? ['a live handoff has no next step'] : []
  const claimed = live['state'] === 'claimed' || live['state'] === 'answered'
  const waits = [...of.messages.values()].some(({ status }) => status === 'handed_off' || status === 'failed')
  if (!claimed || !waits) return found
  if (deadline > now + LONGEST_WORD) found.push('a customer waits, and the person who has it has no deadline')
  if (Number(live['missed']) > 1) found.push('a silent person keeps a conversation')
  return found
}

/** wake_at is no later than anything that is waited for (rule 6). */
function wakes(of: MirroredConversation, now: number): string[] {
  const wake = timeOf(of.row['wake_at'])
  const turn = of.turns.get(Number(of.row['open_turn']))
  if (turn) return wake === timeOf(turn['deadline_at']) ? [] : ['wake_at is not the deadline of the open turn']
  const live = liveHandoff(of)
  const due = live ? [timeOf(live['deadline_at'])] : []
  for (const row of of.effects.values()) if (isToSettle(row)) due.push(timeOf(row['next_try_at']))
  for (const at of approvalsDue(of)) due.push(timeOf(at))
  if ([...of.messages.values()].some(({ status }) => status === 'accepted')) due.push(now)
  // What is overdue is due now.
  return due.some((at) => Math.max(at, now) < wake) ? ['wake_at is later than what is waited for'] : []
}

const isToSettle = ({ state, authority }: Row): boolean =>
  state === 'sent' || (state === 'intended' && authority !== 'turn')
const timeOf = (value: Row[string] | undefined): number => (value ? Date.parse(String(value)) : Infinity)
