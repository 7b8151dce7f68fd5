// A write that needs a person becomes a row that says exactly what will run (rule 11): canonical arguments, a digest over them,
// and words made by code from them.
import type { Needed, ConsentReason } from '../domain/approval.ts'
import type { JsonObject } from '../domain/json.ts'
import { consequenceOf, type Money } from '../domain/write-rules.ts'
import { approvalRequested } from './approval-news.ts'
import type { Scope } from './conversation-row.ts'
import { digestOf, newId } from './ids.ts'
import type { ApprovalRow } from './tables.ts'

export type ApprovalWish = {
  turn: number
  call: string | null
  tool: string
  input: JsonObject
  facts: JsonObject
  businessKey: string | null
  money: Money | null
  needed: Needed
  reasons: ConsentReason[]
}

/** Binds tool, arguments, customer and policy version. */
export const approvalDigest = (of: {
  tool: string
  arguments: JsonObject
  customer_id: string
  policy_version: string
}): string =>
  digestOf({
    tool: of.tool,
    arguments: of.arguments,
    customer: of.customer_id,
    policy_version: of.policy_version,
  })

/** Null when an approval or a write with the same business key is open elsewhere. */
export async function requestApproval(scope: Scope, wish: ApprovalWish): Promise<ApprovalRow | null> {
  const { row, trx, now, kernel, desk } = scope
  const rules = desk.writes.get(wish.tool)
  const forStaff = rules?.describe(wish.input, { ...wish.facts, ...(await customerFacts(scope)) }, 'en')
  const forCustomer = rules?.describe(wish.input, wish.facts, row.locale)
  const version = desk.policy.version
  const bound = { tool: wish.tool, arguments: wish.input, customer_id: row.customer_id, policy_version: version }
  const approval = await trx
    .insertInto('approvals')
    .values({
      ...bound,
      tenant_id: kernel.tenant,
      desk: row.desk,
      id: newId('appr', now),
      conversation_id: row.id,
      turn: wish.turn,
      call_id: wish.call,
      kind: rules?.kind ?? wish.tool,
      arguments: JSON.stringify(wish.input),
      digest: approvalDigest(bound),
      business_key: wish.businessKey,
      amount_cents: wish.money?.cents ?? null,
      currency: wish.money?.currency ?? null,
      facts: JSON.stringify(wish.facts),
      text: forStaff?.text ?? wish.tool,
      consequence: consequenceOf(wish.needed.people, forStaff?.after),
      what: forCustomer?.what ?? wish.tool,
      reasons: JSON.stringify(wish.reasons),
      needed_role: wish.needed.role,
      needed_people: wish.needed.people,
      expires_at: new Date(now.getTime() + desk.policy.approvals.expiresAfter),
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!approval) return null
  await approvalRequested(scope, approval)
  return approval
}

/** The customer's name, for the words an approver reads. */
async function customerFacts({ trx, row, kernel }: Scope): Promise<JsonObject> {
  const customer = await trx
    .selectFrom('customers')
    .select('name')
    .where('tenant_id', '=', kernel.tenant)
    .where('id', '=', row.customer_id)
    .executeTakeFirst()
  return customer?.name ? { customer_name: customer.name } : {}
}
