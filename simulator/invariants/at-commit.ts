// What must hold for every committed transaction, given the rows as they were before it. Each function names what it found.
import { approvedEffect, movedApproval, withoutConsent } from './approvals.ts'
import type { Change, Row } from '../store/journal.ts'
import { businessKey, POLICY } from '../world/desk.ts'
import { isUnfinished, isWaiting, type Mirror, type MirroredConversation } from './mirror.ts'

/** What the invariants know besides the store. */
export type Witness = {
  happened: (key: string) => boolean
  now: number
}

/** Names of what a transaction broke; `mirror` has the rows as they were before it. */
export function brokenByCommit(mirror: Mirror, changes: readonly Change[], witness: Witness): string[] {
  const found: string[] = []
  const seqs = new Map<string, number>()
  for (const change of changes) {
    const of = mirror.of(change.conversation)
    switch (change.table) {
      case 'events':
        found.push(...eventInOrder(change, of, seqs))
        break
      case 'messages':
        found.push(...(change.old ? movedMessage(change) : saidMessage(change, of, changes)))
        break
      case 'effects':
        found.push(...(change.old ? movedEffect(change, of, witness) : intendedEffect(change, of, mirror, changes)))
        break
      case 'approvals':
        if (of) found.push(...movedApproval(change, of, changes))
        break
      case 'handoffs':
        found.push(...missedDeadline(change, changes))
        break
      case 'steps':
        found.push(...withinCaps(change, of))
        break
      case 'conversations':
        found.push(...movedFloor(change), ...closed(change, of, changes))
        break
      default:
    }
  }
  return found
}

/** Events commit in the order of their numbers, without a hole. */
function eventInOrder(
  { conversation, row }: Change,
  of: MirroredConversation | undefined,
  seqs: Map<string, number>,
): string[] {
  const last = seqs.get(conversation) ?? of?.lastSeq ?? 0
  const seq = Number(row['seq'])
  seqs.set(conversation, seq)
  return seq === last + 1 ? [] : ['seq not in commit order']
}

function saidMessage({ row }: Change, of: MirroredConversation | undefined, changes: readonly Change[]): string[] {
  const found: string[] = []
  if (of && row['customer_id'] !== of.row['customer_id']) found.push('message of another customer')
  if (row['role'] !== 'ai' || !of) return found
  // A turn that only tells what came of an approval begins and ends in one transaction.
  const begun = changes.find(({ table, old, row: made }) => table === 'turns' && !old && made['number'] === row['turn'])
  const turn = of.turns.get(Number(row['turn'])) ?? begun?.row
  if (of.row['controlled_by'] !== 'ai') found.push('AI text after a person took over')
  if (turn?.['state'] !== 'open' || turn['floor'] !== of.row['floor']) found.push('AI text of an ended turn')
  const before = [...of.messages.values()].filter(({ role }) => role === 'ai')
  if (before.some((reply) => reply['turn'] === row['turn'])) found.push('two AI replies for a turn')
  if (before.some((reply) => Number(reply['turn']) > Number(row['turn']))) found.push('replies out of order')
  const answers = JSON.parse(String(row['in_reply_to'])) as string[]
  const answered = before.flatMap((reply) => JSON.parse(String(reply['in_reply_to'])) as string[])
  if (answers.some((id) => answered.includes(id))) found.push('message answered twice')
  const latest = Math.max(...answers.map((id) => Number(of.messages.get(id)?.['seq'] ?? 0)))
  const skipped = [...of.messages.values()].filter((message) => isWaiting(message) && Number(message['seq']) < latest)
  if (skipped.some(({ id }) => !answers.includes(String(id)))) found.push('answered before an older message')
  if (
    turn?.['cause'] === 'messages' &&
    answers.length === 0 &&
    !changes.some(({ table, old }) => table === 'messages' && old)
  )
    found.push('reply that answers nothing')
  return found
}

function movedMessage({ old, row }: Change): string[] {
  const wasAnswered = old?.['status'] === 'answered'
  return wasAnswered && row['status'] !== 'answered' ? ['answered message is open again'] : []
}

function intendedEffect(
  change: Change,
  of: MirroredConversation | undefined,
  mirror: Mirror,
  changes: readonly Change[],
): string[] {
  const { row } = change
  const found: string[] = []
  if (of && row['customer_id'] !== of.row['customer_id']) found.push('effect of another customer')
  if (row['authority'] === 'approval' && of) found.push(...approvedEffect(change, of, changes))
  if (row['authority'] === 'handoff') return found
  if (row['authority'] === 'turn') found.push(...withoutConsent(change))
  const mine = lockOf(row)
  const others = [...mirror.conversations.values()].flatMap(({ effects }) => [...effects.values()])
  if (mine !== null && others.some((other) => isUnfinished(other) && lockOf(other) === mine))
    found.push('two writes on one business key')
  return found
}

function lockOf(row: Row): string | null {
  if (!String(row['tool']).startsWith('locked')) return null
  return businessKey(JSON.parse(String(row['arguments'])) as { order: string; amount: number })
}

function movedEffect({ old, row }: Change, of: MirroredConversation | undefined, witness: Witness): string[] {
  const found: string[] = []
  const [from, to] = [old?.['state'], row['state']]
  if (from === to || !of) return found
  if (from === 'intended' && to === 'sent' && row['authority'] === 'turn') {
    const turn = of.turns.get(Number(row['turn']))
    if (of.row['controlled_by'] !== 'ai' || of.row['floor'] !== row['floor'])
      found.push('write sent after a person took over')
    if (turn?.['state'] !== 'open') found.push('write sent for an ended turn')
    const call = `tool/${String(row['call_id'])}`
    if (of.steps.some((step) => step['turn'] === row['turn'] && step['key'] === call))
      found.push('write sent after its call was booked')
  }
  const happened = witness.happened(String(row['key']))
  const ruled = String(row['outcome']).includes('"ruling"')
  if (to === 'settled' && !happened && !ruled) found.push('settled without having happened')
  if (to === 'refused' && happened && !ruled) found.push('refused though it happened')
  if (to === 'unknown' && witness.now <= Date.parse(String(row['allowed_at'])) + POLICY.effects.sendLease) {
    found.push('given up while it may still be sent')
  }
  if (from === 'settled') found.push('settled write moved again')
  return found
}

function withinCaps({ old, row }: Change, of: MirroredConversation | undefined): string[] {
  if (old || !of) return []
  const steps = of.steps.filter(({ turn }) => turn === row['turn'])
  if (row['kind'] === 'model') {
    const rounds = steps.filter(({ kind }) => kind === 'model').length
    return rounds >= POLICY.turn.rounds ? ['more model rounds than a turn may have'] : []
  }
  if (row['kind'] === 'tool' && row['outcome'] !== 'invalid') {
    const round = String(row['key']).split('-')[0]
    const calls = steps.filter(
      ({ kind, key, outcome }) => kind === 'tool' && outcome !== 'invalid' && String(key).split('-')[0] === round,
    )
    return calls.length >= POLICY.turn.toolCallsPerReply ? ['more tool calls than a reply may have'] : []
  }
  return []
}

function movedFloor({ old, row }: Change): string[] {
  if (!old) return []
  const found: string[] = []
  if (Number(row['floor']) < Number(old['floor'])) found.push('floor went back')
  if (row['controlled_by'] !== old['controlled_by'] && row['floor'] === old['floor'])
    found.push('owner changed without the floor')
  return found
}

/** Whatever is done about a missed deadline, somebody outside is told. */
function missedDeadline({ old, row }: Change, changes: readonly Change[]): string[] {
  if (!old || (Number(row['missed']) <= Number(old['missed']) && Number(row['offers']) <= Number(old['offers'])))
    return []
  // A person who lets it go by a release sees to it that others know.
  const byPerson = changes.some(({ table }) => table === 'commands')
  const told = changes.some(({ table, row: notice }) => table === 'notices' && notice['subject'] === row['id'])
  return told || byPerson ? [] : ['a missed deadline was told to nobody']
}

/** A conversation closes only when nothing is open; the rows as they are after this very transaction. */
function closed({ old, row }: Change, of: MirroredConversation | undefined, changes: readonly Change[]): string[] {
  if (!old || !of || row['status'] !== 'closed' || old['status'] === 'closed') return []
  const after = (table: string, rows: Iterable<Row>): Row[] => {
    const moved = changes
      .filter((change) => change.table === table && change.conversation === of.id)
      .map((change) => change.row)
    const ids = new Set(moved.map(({ id }) => id))
    return [...[...rows].filter(({ id }) => !ids.has(id)), ...moved]
  }
  const open =
    row['open_turn'] !== null ||
    after('messages', of.messages.values()).some(isWaiting) ||
    after('effects', of.effects.values()).some(isUnfinished)
  return open ? ['closed while something is open'] : []
}
