// Which pieces of text may still be shown (rule 14). Pieces are hints of a text that is not committed; they are void once
// the floor moved, a newer attempt began, or the text itself arrived as a durable event.
import type { BusMessage } from '../../ports/bus.ts'

type Delta = Extract<BusMessage, { kind: 'delta' }>
type Restarted = Extract<BusMessage, { kind: 'restarted' }>

export type Drafts = ReturnType<typeof createDrafts>

/** `floor` is that of the conversation when reading begins. */
export function createDrafts(floor: number) {
  let latest = { turn: 0, attempt: 0 }
  let shown: string | null = null
  const committed = new Set<string>()

  /** The message that was shown in part and is void now. */
  const withdraw = (): string | null => {
    const withdrawn = shown
    shown = null
    return withdrawn
  }
  const isOlder = (it: { turn: number; attempt: number; floor: number }) =>
    it.floor < floor || it.turn < latest.turn || (it.turn === latest.turn && it.attempt < latest.attempt)

  return {
    /** What a piece means for the client: pieces to show, after the message that it makes void. */
    delta(delta: Delta): { restarted: string | null; show: boolean } {
      if (isOlder(delta) || committed.has(delta.message_id)) return { restarted: null, show: false }
      const isNewer = delta.floor > floor || delta.turn > latest.turn || delta.attempt > latest.attempt
      const restarted = isNewer ? withdraw() : null
      floor = delta.floor
      latest = { turn: delta.turn, attempt: delta.attempt }
      shown = delta.message_id
      return { restarted, show: true }
    },
    /** An attempt was given up; returns the message that the client must forget. */
    restarted(it: Restarted): string | null {
      if (isOlder(it)) return null
      floor = it.floor
      latest = { turn: it.turn, attempt: it.attempt }
      return withdraw()
    },
    /** Called after the rows up to the hint were read; returns the message that a risen floor made void. */
    floorIs(current: number): string | null {
      if (current <= floor) return null
      floor = current
      return withdraw()
    },
    /** The text is durable now. */
    completed(messageId: string): void {
      committed.add(messageId)
      if (shown === messageId) shown = null
    },
  }
}
