// The reply while it is being written: guarded sentence by sentence, then published as hints for whoever reads along.
import type { OutputRules } from '../guardrails/output.ts'
import { createSentenceGate } from '../guardrails/sentences.ts'
import type { TurnRow } from '../kernel/tables.ts'
import type { Bus } from '../ports/bus.ts'

export type ReplyStream = {
  push: (delta: string) => void
  /** What was shown is void: another model answers instead. */
  restart: () => void
  end: () => void
}

export function replyStream(bus: Bus, conversationId: string, turn: TurnRow, rules: OutputRules): ReplyStream {
  const common = { turn: turn.number, attempt: turn.attempt, floor: turn.floor, message_id: turn.reply_message_id }
  const restarted = () => bus.publish(conversationId, { kind: 'restarted', ...common })
  const open = () =>
    createSentenceGate({ ...rules, release: (text) => bus.publish(conversationId, { kind: 'delta', ...common, text }) })
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
