import type { Intent } from '../../history.ts'
import type { Evidence, LedgerRow } from '../evidence.ts'
import { keyOf } from '../evidence.ts'
import { defineKind, type Finding } from '../violation.ts'
import { sameWrite } from '../writes.ts'

export const effectWithoutRequest = defineKind({
  name: 'effect-without-request',
  promise:
    'Back ends do only what a customer asked for or a handoff promised, and only what was written down before (P3).',
  find: (evidence) => evidence.applied.flatMap((row) => judge(evidence, row)),
})

function judge(evidence: Evidence, row: LedgerRow): Finding[] {
  const effect = evidence.effectOf(row)
  const what = `${row.system} did ${row.operation} on ${row.business_key}`
  const found = (explanation: string): Finding[] => [
    { conversation: effect?.conversation_id ?? null, effects: [effect?.id ?? `ledger/${row.seq}`], explanation },
  ]
  if (!effect) return found(`${what} under the key "${keyOf(row)}", and the store has no such write.`)
  const at = Date.parse(row.at)
  if (at < effect.created_at) return found(`${what} before the store had written down that it would.`)
  if (effect.sent_at === null) return found(`${what}, but the store never marked that write as sent.`)
  if (at < effect.sent_at) return found(`${what} before the store had marked it as sent.`)
  if (effect.authority === 'handoff') {
    const promised = evidence.history.store.handoffs.some((handoff) => effect.key.startsWith(`${handoff.id}/`))
    return promised ? [] : found(`${what} for a handoff that does not exist.`)
  }
  const customer = evidence.story(effect.conversation_id)?.row?.customer_id ?? effect.customer_id
  const asked = evidence.sent.filter(
    (message) =>
      message.conversation === effect.conversation_id &&
      message.posts.some(({ intent }) => 'operation' in intent && sameWrite(intent, row)) &&
      (message.posts[0]?.invokedAt ?? Infinity) <= at,
  )
  if (asked.length === 0) return found(`${what}, which ${customer} never asked for in that conversation.`)
  const allowed = asked.some((message) => message.posts.some(({ intent }) => mayRunAtOnce(intent)))
  // An approved write carries a person's word instead of the turn's.
  if (allowed || effect.authority === 'approval') return []
  return found(`${what} for ${customer}, which had to be declined or decided by a person.`)
}

/** What is left of an order may be little enough to be free by then: `consent-missing` judges by the amount that moved. */
const mayRunAtOnce = (intent: Intent): boolean =>
  intent.wants === 'write' || (intent.wants === 'approval' && intent.cents === undefined)
