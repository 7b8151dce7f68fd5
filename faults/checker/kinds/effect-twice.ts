import { sameWriteKey } from '../effect-parts.ts'
import { type Evidence, keyOf, type LedgerRow, type SentMessage } from '../evidence.ts'
import { claimedBy } from '../event-data.ts'
import { groupBy } from '../group-by.ts'
import { defineKind, type Finding } from '../violation.ts'
import { isPart, isRepeatable, sameWrite } from '../writes.ts'

export const effectTwice = defineKind({
  name: 'effect-twice',
  promise: 'A write to a business system happens at most once for one request (P3).',
  find: (evidence) => [...sameKey(evidence), ...twins(evidence), ...moreThanAsked(evidence)],
})

/** One key took effect twice: a back end that does not tell repeats apart was sent it again. */
function sameKey(evidence: Evidence): Finding[] {
  const rows = evidence.applied.filter((row) => keyOf(row) !== '')
  return [...groupBy(rows, (row) => `${row.system}/${row.operation}/${row.business_key}/${keyOf(row)}`).values()]
    .filter((group) => group.length > 1)
    .map((group) => finding(evidence, group, `took effect ${group.length} times under one key`))
}

/** The same write with the same arguments again in a later turn needs a person's consent, except a mail, a link or a ticket. */
function twins(evidence: Evidence): Finding[] {
  const rows = evidence.applied.filter((row) => {
    const effect = evidence.effectOf(row)
    return effect?.authority === 'turn' && !isRepeatable(row.operation) && !isPart(row.operation)
  })
  return [...groupBy(rows, (row) => sameWriteKey(keyOf(row)) ?? `ledger/${row.seq}`).values()]
    .filter((group) => new Set(group.map(keyOf)).size > 1)
    .map((group) => finding(evidence, group, 'was made again in a later turn, without anybody approving it'))
}

function moreThanAsked(evidence: Evidence): Finding[] {
  const rows = evidence.applied.filter(
    (row) => evidence.effectOf(row)?.authority !== 'handoff' && !isPart(row.operation),
  )
  const groups = groupBy(
    rows,
    (row) => `${customerOf(evidence, row)}/${row.operation}/${keyAsked(row)}/${row.amount_cents ?? ''}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first || group.length < 2) return []
    const customer = customerOf(evidence, first)
    const asked = evidence.sent.filter(
      (message) =>
        message.customer === customer &&
        message.row !== null &&
        message.posts.some(({ intent }) => 'operation' in intent && sameWrite(intent, first)),
    )
    const allowed = asked.reduce((sum, message) => sum + timesAllowed(evidence, message, first.operation), 0)
    // Nobody asked at all: that is another kind.
    if (asked.length === 0 || group.length <= allowed) return []
    const times = asked.length === 1 ? 'once' : `in ${asked.length} messages`
    return [finding(evidence, group, `took effect ${group.length} times, but was asked for ${times}`)]
  })
}

/** Handed back by a person, a message is answered in a new turn, and a mail may be sent again for it. */
function timesAllowed(evidence: Evidence, { row, messageId }: SentMessage, operation: string): number {
  if (!row || !isRepeatable(operation)) return 1
  const events = evidence.story(row.conversation_id)?.events ?? []
  const turns = events.filter((event) => event.type === 'turn-started' && claimedBy(event).includes(messageId))
  const back = events.filter((event) => event.type === 'handed-back').length
  return Math.max(1, Math.min(turns.length, back + 1))
}

const customerOf = (evidence: Evidence, row: LedgerRow): string =>
  row.customer_id ?? evidence.effectOf(row)?.customer_id ?? 'nobody'

/** Every ticket has its own number, so what was asked for is only "a ticket". */
const keyAsked = (row: LedgerRow): string => (row.operation === 'create_ticket' ? '' : row.business_key)

function finding(evidence: Evidence, rows: LedgerRow[], what: string): Finding {
  const [row] = rows
  const effects = rows.map((each) => evidence.effectOf(each)?.id ?? `ledger/${each.seq}`)
  const effect = row ? evidence.effectOf(row) : null
  return {
    conversation: effect?.conversation_id ?? null,
    effects: [...new Set(effects)],
    explanation: `${row?.operation} on ${row?.business_key} ${what}.`,
  }
}
