// What must hold once faults are healed and time has run on: nothing is lost, nothing hangs.
import type { Row } from '../store/journal.ts'
import { openApprovals } from './approvals.ts'
import { liveHandoff, type Mirror, type MirroredConversation } from './mirror.ts'

export type Ledger = {
  applied: readonly { key: string; tool: string; conversation: string; customer: string; input: string }[]
  /** Ids of messages that were answered with 2xx. */
  acknowledged: readonly { id: string; conversation: string }[]
}

/** What still waits for somebody; the run goes on until this is empty, or long enough. */
export function stillOpen(mirror: Mirror): string[] {
  return [...mirror.conversations.values()].flatMap((of) => {
    const { row } = of
    const found = [...of.messages.values()]
      .filter(({ role }) => role === 'customer')
      .flatMap((message) => openMessage(of, message))
    for (const { state } of of.effects.values()) {
      if (state === 'intended' || state === 'sent' || state === 'unknown') found.push(`write still ${state}`)
    }
    found.push(...openApprovals(of))
    if (row['open_turn'] !== null) found.push('turn still open past its deadline')
    if (row['controlled_by'] !== 'ai' && !liveHandoff(of)) found.push('a person has the floor, but no handoff')
    if (row['close_requested_by'] !== null && row['status'] !== 'closed' && row['controlled_by'] === 'ai')
      found.push('close request never carried out')
    return found
  })
}

function openMessage(of: MirroredConversation, { status }: Row): string[] {
  if (status === 'answered') return []
  if (status === 'accepted' || status === 'processing') return [`message still ${status}`]
  // With people: they must know of it, or it was closed over.
  return liveHandoff(of) || of.row['status'] === 'closed' ? [] : [`message ${String(status)} and nobody has it`]
}

export function brokenAtTheEnd(mirror: Mirror, ledger: Ledger): string[] {
  const found = stillOpen(mirror)
  const effects = new Map(
    [...mirror.conversations.values()].flatMap((of) =>
      [...of.effects.values()].map((row) => [String(row['key']), row]),
    ),
  )
  const counts = new Map<string, number>()
  const twins = new Set<string>()
  for (const { key, tool, conversation, customer, input } of ledger.applied) {
    const times = (counts.get(key) ?? 0) + 1
    counts.set(key, times)
    const row = effects.get(key)
    if (times > 1) found.push('effect twice')
    if (!row) found.push('effect without request')
    else if (row['state'] === 'refused' && !String(row['outcome']).includes('"ruling"'))
      found.push('effect happened, ledger says refused')
    if (row && row['customer_id'] !== customer) found.push('effect for another customer')
    if (times > 1 || tool === 'create_ticket') continue
    const twin = `${conversation} ${tool} ${input}`
    // A person may want it twice.
    if (twins.has(twin) && row?.['authority'] !== 'approval') found.push('identical write in two turns')
    twins.add(twin)
  }
  for (const { id, conversation } of ledger.acknowledged) {
    if (!mirror.of(conversation)?.messages.has(id)) found.push('acknowledged message is not in the store')
  }
  return found
}
