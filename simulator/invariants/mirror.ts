// The store's rows as the commits made them, kept beside it: what invariants compare a change with.
import type { Change, Row } from '../store/journal.ts'

export type MirroredConversation = {
  id: string
  row: Row
  lastSeq: number
  messages: Map<string, Row>
  turns: Map<number, Row>
  effects: Map<string, Row>
  handoffs: Map<string, Row>
  approvals: Map<string, Row>
  decisions: Row[]
  resolutions: Map<number, Row>
  steps: Row[]
}

export class Mirror {
  conversations = new Map<string, MirroredConversation>()

  of(id: string): MirroredConversation | undefined {
    return this.conversations.get(id)
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) this.applyOne(change)
  }

  private applyOne({ table, conversation, old, row }: Change): void {
    if (table === 'conversations') {
      const known = this.conversations.get(conversation)
      if (known) known.row = row
      else this.conversations.set(conversation, empty(conversation, row))
      return
    }
    const of = this.conversations.get(conversation)
    if (!of) return
    switch (table) {
      case 'messages':
        of.messages.set(String(row['id']), row)
        return
      case 'turns':
        of.turns.set(Number(row['number']), row)
        return
      case 'effects':
        of.effects.set(String(row['id']), row)
        return
      case 'handoffs':
        of.handoffs.set(String(row['id']), row)
        return
      case 'approvals':
        of.approvals.set(String(row['id']), row)
        return
      case 'approval_decisions':
        if (old === null) of.decisions.push(row)
        return
      case 'resolutions':
        of.resolutions.set(Number(row['number']), row)
        return
      case 'steps':
        of.steps.push(row)
        return
      case 'events':
        of.lastSeq = Number(row['seq'])
        return
      default:
    }
  }
}

const empty = (id: string, row: Row): MirroredConversation => ({
  id,
  row,
  lastSeq: 0,
  messages: new Map(),
  turns: new Map(),
  effects: new Map(),
  handoffs: new Map(),
  approvals: new Map(),
  decisions: [],
  resolutions: new Map(),
  steps: [],
})

const LIVE = ['offered', 'seen', 'claimed', 'answered']
export const liveHandoff = (of: MirroredConversation): Row | undefined =>
  [...of.handoffs.values()].find(({ state }) => LIVE.includes(String(state)))

export const isWaiting = ({ status }: Row): boolean => status === 'accepted' || status === 'processing'
export const isUnfinished = ({ state }: Row): boolean => state === 'intended' || state === 'sent' || state === 'unknown'
