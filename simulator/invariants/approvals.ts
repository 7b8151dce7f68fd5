// Rule 11 for every committed transaction: nothing runs on a person's word that was not given, and nothing is told before it is so.
import type { Change, Row } from '../store/journal.ts'
import { POLICY } from '../world/desk.ts'
import type { MirroredConversation } from './mirror.ts'

/** The row of `table` with this id as the transaction leaves it. */
function after(changes: readonly Change[], table: string, id: string, before: Row | undefined): Row | undefined {
  return changes.findLast((change) => change.table === table && change.row['id'] === id)?.row ?? before
}

/** A write with the authority of an approval enters the ledger. */
export function approvedEffect({ row }: Change, of: MirroredConversation, changes: readonly Change[]): string[] {
  const id = String(row['approval_id'])
  const approval = after(changes, 'approvals', id, of.approvals.get(id))
  if (!approval) return ['write on an approval that does not exist']
  const found = approval['state'] === 'approved' ? [] : ['write on an approval that was not given']
  if (approval['arguments'] !== row['arguments']) found.push('write with other arguments than were approved')
  if ([...of.effects.values()].some((other) => other['approval_id'] === id)) found.push('two writes on one approval')
  return found
}

const NEXT: Record<string, readonly string[]> = {
  pending: ['approved', 'refused', 'expired', 'superseded'],
  approved: ['executed', 'failed'],
  failed: ['executed'],
}

export function movedApproval({ old, row }: Change, of: MirroredConversation, changes: readonly Change[]): string[] {
  if (!old) return row['state'] === 'pending' ? [] : ['approval that begins decided']
  const [from, to] = [String(old['state']), String(row['state'])]
  const found: string[] = []
  if (from !== to && !NEXT[from]?.includes(to)) found.push(`approval went from ${from} to ${to}`)
  if (from !== to && to === 'approved' && approvals(row, of, changes) < Number(row['needed_people']))
    found.push('approved by too few')
  const told = old['told_at'] === null && row['told_at'] !== null
  if (told && to !== 'expired' && !changes.some(isText)) found.push('outcome counts as told, but nothing was said')
  if (told && to === 'executed' && !ran(row, of, changes)) found.push('told as done without a settled write')
  return found
}

const isText = ({ table, old, row }: Change): boolean =>
  table === 'messages' && old === null && (row['role'] === 'ai' || row['role'] === 'system')

const ran = ({ id }: Row, of: MirroredConversation, changes: readonly Change[]): boolean =>
  [...of.effects.values(), ...changes.filter(({ table }) => table === 'effects').map(({ row }) => row)].some(
    (effect) => effect['approval_id'] === id && effect['state'] === 'settled',
  )

function approvals({ id }: Row, of: MirroredConversation, changes: readonly Change[]): number {
  const given = [
    ...of.decisions,
    ...changes.filter(({ table }) => table === 'approval_decisions').map(({ row }) => row),
  ]
  const people = given.filter((one) => one['approval_id'] === id && one['decision'] === 'approve')
  return new Set(people.map((one) => one['person_id'])).size
}

/** A write on the turn's own word that the policy reserves for people. */
export function withoutConsent({ row }: Change): string[] {
  const { amount } = JSON.parse(String(row['arguments'])) as { amount?: number }
  const free = POLICY.approvals.freeUpTo[String(row['tool'])]
  return free && amount !== undefined && amount > free.cents ? ['write that needed a person was made without one'] : []
}

/** What must not be so once time has run on. */
export function openApprovals(of: MirroredConversation): string[] {
  const effects = [...of.effects.values()]
  return [...of.approvals.values()].flatMap(({ id, state, told_at: told }) => {
    if (state === 'pending') return ['approval still pending']
    if (state === 'superseded' || told !== null) return []
    // Its write is on its way, which is said by itself.
    const running = effects.some(
      (effect) => effect['approval_id'] === id && effect['state'] !== 'settled' && effect['state'] !== 'refused',
    )
    return running ? [] : ['outcome of an approval never told']
  })
}

/** When a conversation must wake for its approvals. */
export function approvalsDue(of: MirroredConversation): (string | null)[] {
  const running = new Set(
    [...of.effects.values()]
      .filter(({ state }) => state === 'intended' || state === 'sent' || state === 'unknown')
      .map((effect) => effect['approval_id']),
  )
  return [...of.approvals.values()].flatMap((row) => {
    if (row['state'] === 'pending') return [String(row['expires_at'])]
    if (row['state'] === 'superseded' || row['told_at'] !== null || running.has(row['id'] ?? null)) return []
    return [String(row['next_try_at'] ?? row['decided_at'])]
  })
}
