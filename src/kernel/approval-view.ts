// An approval as the API shows it (contract.md). Times are ISO in UTC, money is integer cents.
import type { ApprovalState, ConsentReason, Decision, Needed } from '../domain/approval.ts'
import type { Person } from '../domain/conversation.ts'
import type { JsonObject } from '../domain/json.ts'
import type { Money } from '../domain/write-rules.ts'
import type { ApprovalRow, Tables } from './tables.ts'
import type { Selectable } from 'kysely'

export type DecisionRow = Selectable<Tables['approval_decisions']>

export type ApprovalView = {
  id: string
  conversation_id: string
  desk: string
  tool: string
  arguments: JsonObject
  /** The effect in words made from these arguments. */
  text: string
  consequence: string
  /** Both together. */
  effect_text: string
  digest: string
  policy_version: string
  state: ApprovalState
  needed: Needed
  reasons: ConsentReason[]
  decisions: { by: Person & { role: string }; decision: Decision; at: string }[]
  customer: { id: string; name?: string; tier?: string }
  amount?: Money
  refused_because?: string
  superseded_by?: string
  effect_id?: string
  requested_at: string
  expires_at: string
  decided_at?: string
}

export function approvalView(
  row: ApprovalRow,
  about: {
    decisions: readonly DecisionRow[]
    customer: { name: string | null; tier: string | null } | undefined
    effectId: string | undefined
  },
): ApprovalView {
  const { customer, effectId } = about
  return {
    id: row.id,
    conversation_id: row.conversation_id,
    desk: row.desk,
    tool: row.tool,
    arguments: row.arguments,
    text: row.text,
    consequence: row.consequence,
    effect_text: `${row.text} ${row.consequence}`,
    digest: row.digest,
    policy_version: row.policy_version,
    state: row.state,
    needed: { role: row.needed_role, people: row.needed_people },
    reasons: row.reasons,
    decisions: about.decisions.map((given) => ({
      by: { id: given.person_id, name: given.person_name, role: given.person_role },
      decision: given.decision,
      at: given.at.toISOString(),
    })),
    customer: {
      id: row.customer_id,
      ...(customer?.name ? { name: customer.name } : {}),
      ...(customer?.tier ? { tier: customer.tier } : {}),
    },
    ...(row.amount_cents === null
      ? {}
      : { amount: { cents: row.amount_cents, currency: row.currency ?? '' } satisfies Money }),
    ...(row.refused_because === null ? {} : { refused_because: row.refused_because }),
    ...(row.superseded_by === null ? {} : { superseded_by: row.superseded_by }),
    ...(effectId === undefined ? {} : { effect_id: effectId }),
    requested_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    ...(row.decided_at === null ? {} : { decided_at: row.decided_at.toISOString() }),
  }
}
