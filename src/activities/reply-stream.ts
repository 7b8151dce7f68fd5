// The reply while it is being written: guarded sentence by sentence, then published as hints for whoever reads along.
import type { Channel } from '../channels/types.ts'
import type { OutputRules } from '../guardrails/output.ts'
import { createSentenceGate } from '../guardrails/sentences.ts'
import type { TurnRow } from '../kernel/tables.ts'
import type { Bus } from '../ports/bus.ts'
import { withoutMarks } from './citations.ts'

export type ReplyStream = {
  push: (delta: string) => void
  /** What was shown is void: another model answers instead. */
  restart: () => void
  end: () => void
}

export type ReplyStreamOptions = {
  bus: Bus
  conversationId: string
  turn: TurnRow
  rules: OutputRules
  channel: Channel
}

export function replyStream({ bus, conversationId, turn, rules, channel }: ReplyStreamOptions): ReplyStream {
  const common = { turn: turn.number, attempt: turn.attempt, floor: turn.floor, message_id: turn.reply_message_id }
  const restarted = () => bus.publish(conversationId, { kind: 'restarted', ...common })
  const release = (guarded: string) => {
    const text = channel.citationMarks ? guarded : withoutMarks(guarded)
    if (text !== '') bus.publish(conversationId, { kind: 'delta', ...common, text })
  }
  const open = () => createSentenceGate({ ...rules, release })
  let gate = open()
  let begun = false
  return {
    push(delta) {
      // An earlier attempt or round may have shown something under this message's id.
      if (!begun && turn.attempt > 1) restarted()
      begun = true
      gate.push(delta)
    },
    restart() {
      restarted()
      gate = open()
    },
    end() {
      gate.flush()
    },
  }
}

/** Keeps what comes until it is known where to; then lets it flow. */
export function heldStream(): ReplyStream & { flowTo: (stream: ReplyStream) => void } {
  const held: ((stream: ReplyStream) => void)[] = []
  let open: ReplyStream | null = null
  const pass = (piece: (stream: ReplyStream) => void) => void (open ? piece(open) : held.push(piece))
  return {
    push: (delta) => pass((stream) => stream.push(delta)),
    restart: () => pass((stream) => stream.restart()),
    end: () => pass((stream) => stream.end()),
    flowTo(stream) {
      open = stream
      for (const piece of held.splice(0)) piece(stream)
    },
  }
}
