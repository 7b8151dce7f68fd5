import { approversOf } from '../consent.ts'
import type { Evidence, LedgerRow } from '../evidence.ts'
import { defineKind, type Finding } from '../violation.ts'

export const executedOtherThanApproved = defineKind({
  name: 'executed-other-than-approved',
  promise: 'What runs is to the letter what its approvers saw (rule 11).',
  find: (evidence) => [...inStore(evidence), ...inLedger(evidence)],
})

function inStore(evidence: Evidence): Finding[] {
  return evidence.history.store.effects.flatMap((effect): Finding[] => {
    const approval = evidence.approvalOf(effect)
    if (!approval) return []
    const other = [...approversOf(approval, evidence.decisionsOn(approval.id)).values()].find(
      ({ seen }) => seen.tool !== effect.tool || canonical(seen.arguments) !== canonical(effect.arguments),
    )
    if (!other) return []
    const saw = `${other.seen.tool} ${canonical(other.seen.arguments)}`
    const explanation = `${other.actor} agreed to ${saw}, and the write is ${effect.tool} ${canonical(effect.arguments)}.`
    return [{ conversation: effect.conversation_id, effects: [effect.id], explanation }]
  })
}

/** Each system's own word of what it did: the order and the money. */
function inLedger(evidence: Evidence): Finding[] {
  return evidence.applied.flatMap((row): Finding[] => {
    const effect = evidence.effectOf(row)
    const approval = effect && evidence.approvalOf(effect)
    if (!effect || !approval) return []
    const other = [...approversOf(approval, evidence.decisionsOn(approval.id)).values()].find(
      ({ seen }) => !fits(row, seen.arguments),
    )
    if (!other) return []
    const did = `${row.system} did ${row.operation} on ${row.business_key} with ${row.amount_cents ?? 'no'} cents`
    const explanation = `${other.actor} agreed to ${canonical(other.seen.arguments)}, and ${did}.`
    return [{ conversation: effect.conversation_id, effects: [effect.id], explanation }]
  })
}

function fits(row: LedgerRow, seen: Record<string, unknown>): boolean {
  const sameOrder = row.system !== 'orders' || seen['order'] === row.business_key
  return sameOrder && (row.amount_cents === undefined || seen['amount_cents'] === row.amount_cents)
}

/** Text in which the order of fields makes no difference. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing'
  if (Array.isArray(value)) return `[${value.map(canonical).join(', ')}]`
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, inner]) => `${name}: ${canonical(inner)}`).join(', ')}}`
}
