import { ruling } from '../effect-parts.ts'
import type { EffectRow, LedgerRow } from '../evidence.ts'
import { defineKind } from '../violation.ts'

export const doneByHalves = defineKind({
  name: 'done-by-halves',
  promise: 'A refund is opened and paid, or neither; what stays open is known to a person (P3).',
  find: (evidence) =>
    evidence.stories.flatMap((story) =>
      story.effects.flatMap((effect) => {
        const why = halves(effect, evidence.everythingFor(effect))
        return why === null
          ? []
          : [{ conversation: story.id, effects: [effect.id], explanation: `Of ${effect.id} (${effect.tool}) ${why}.` }]
      }),
    ),
})

function halves(effect: EffectRow, rows: readonly LedgerRow[]): string | null {
  const of = (operation: string) => rows.filter((row) => row.operation === operation)
  const [opened, paid, withdrawn] = [of('open_refund'), of('RefundPayment'), of('withdraw_refund')]
  if (paid.length === 0) {
    // An unknown outcome goes to a person, who sees to what is open.
    const left = opened.length > withdrawn.length && effect.state === 'refused' && ruling(effect) === null
    return left ? 'the order system keeps an open refund, and the write is marked refused' : null
  }
  if (opened.length === 0) return 'billing paid, and the order system was never told'
  if (withdrawn.length > 0) return 'billing paid, and the refund was withdrawn at the order system'
  const sums = [...new Set([...opened, ...paid].map((row) => row.amount_cents))]
  return sums.length > 1 ? `the systems were told different amounts: ${sums.join(' and ')} cents` : null
}
