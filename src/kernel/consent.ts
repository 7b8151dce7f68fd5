// Whether a write needs a person: everything the desk's policy looks at, read under the lock.
import { type Consent, consentFor } from '../domain/approval-policy.ts'
import type { JsonObject } from '../domain/json.ts'
import type { Money } from '../domain/write-rules.ts'
import type { Scope } from './conversation-row.ts'
import { callOrdinal } from './stored-call.ts'

export type ConsentQuestion = {
  turn: number
  call: string
  tool: string
  /** Canonical arguments. */
  input: JsonObject
  facts: JsonObject
  /** The tool says that a person must consent. */
  toolAsks: boolean
  /** The same write was made, or may have been, in an earlier turn. */
  madeBefore: boolean
}

export async function consentIn(
  scope: Scope,
  asked: ConsentQuestion,
): Promise<{ consent: Consent; money: Money | null }> {
  const rules = scope.desk.writes.get(asked.tool)
  const money = rules?.amount(asked.input, asked.facts) ?? null
  const customer = await customerOf(scope, money !== null)
  const consent = consentFor(scope.desk.policy.approvals, {
    kind: rules?.kind ?? asked.tool,
    amountCents: money?.cents ?? 0,
    tier: customer.tier,
    risky: rules?.risky ?? false,
    tainted: rules?.risky === true && (await isTainted(scope, asked)),
    settledTodayCents: money === null ? 0 : await movedToday(scope),
    toolAsks: asked.toolAsks,
    madeBefore: asked.madeBefore,
  })
  return { consent, money }
}

/** With money in it, the customer's row is locked too: two conversations must not both fit under the limit of the day. */
async function customerOf({ trx, row, kernel }: Scope, lock: boolean): Promise<{ tier: string | null }> {
  const query = trx
    .selectFrom('customers')
    .select('tier')
    .where('tenant_id', '=', kernel.tenant)
    .where('id', '=', row.customer_id)
  const found = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst()
  return found ?? { tier: null }
}

/** Cents of the customer's writes since midnight UTC that settled, or still may. */
export async function movedToday({ trx, row, kernel, now }: Scope): Promise<number> {
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()))
  const moved = await trx
    .selectFrom('effects')
    .select('amount_cents')
    .where('tenant_id', '=', kernel.tenant)
    .where('customer_id', '=', row.customer_id)
    .where('created_at', '>=', midnight)
    .where('amount_cents', 'is not', null)
    .where('state', '!=', 'refused')
    .execute()
  return moved.reduce((sum, { amount_cents: cents }) => sum + (cents ?? 0), 0)
}

/** Whether text of strangers stood in the prompt of the model call that asked for the write (rule 12). */
async function isTainted({ trx, row, desk }: Scope, { turn, call }: ConsentQuestion): Promise<boolean> {
  if (row.hand_back_note !== null) return true
  const asked = callOrdinal(call)
  const before = await trx
    .selectFrom('steps')
    .select(['tool', 'ordinal'])
    .where('conversation_id', '=', row.id)
    .where('turn', '=', turn)
    .where('kind', 'in', ['tool', 'prefetch'])
    .execute()
  // Ordinals of a round begin at its thousand: what stands before it was shown to the model.
  const round = Math.floor(asked / 1000) * 1000
  return before.some(({ tool, ordinal }) => tool !== null && ordinal < round && desk.untrusted.has(tool))
}
