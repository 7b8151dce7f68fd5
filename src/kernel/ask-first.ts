// Before a write is intended: does somebody have to agree to it, or is that asked already? Asking is part of the same
// transaction, so that a call never ends without saying what it waits for.
import type { JsonObject } from '../domain/json.ts'
import { consentIn } from './consent.ts'
import type { Scope } from './conversation-row.ts'
import { digestOf } from './ids.ts'
import { recordInScope } from './record-tool-result.ts'
import { approvalDigest, requestApproval } from './request-approval.ts'
import { callOrdinal } from './stored-call.ts'

export type AskedWrite = {
  turn: number
  call: string
  tool: string
  /** Canonical arguments. */
  input: JsonObject
  facts: JsonObject
  businessKey: string | null
  toolAsks: boolean
  /** The same write again in a later turn is ordinary. */
  repeatable: boolean
}
export type AskedFirst =
  | { kind: 'free'; amountCents: number | null }
  /** A person must agree; the call is recorded as waiting. */
  | { kind: 'waits'; approval: string }
  /** Another write on the same business key is under way. */
  | { kind: 'busy' }

export async function askFirst(scope: Scope, asked: AskedWrite): Promise<AskedFirst> {
  const open = await askedAlready(scope, asked)
  if (open !== null) return waits(scope, asked, open)
  const madeBefore = !asked.repeatable && (await wasMadeBefore(scope, asked))
  const { consent, money } = await consentIn(scope, { ...asked, madeBefore })
  if (consent.kind === 'allow') return { kind: 'free', amountCents: money?.cents ?? null }
  const { needed, reasons } = consent
  const approval = await requestApproval(scope, { ...asked, money, needed, reasons })
  return approval ? waits(scope, asked, approval.id) : { kind: 'busy' }
}

async function waits(scope: Scope, { turn, call, tool }: AskedWrite, approval: string): Promise<AskedFirst> {
  const step = { turn, call, tool, ordinal: callOrdinal(call), kind: 'tool' as const }
  await recordInScope(scope, step, { outcome: 'needs_approval', data: { approval } })
  return { kind: 'waits', approval }
}

/** The customer asks again for what waits: one request, one approval. */
async function askedAlready({ trx, row, desk }: Scope, asked: AskedWrite): Promise<string | null> {
  const { businessKey: key, tool, input } = asked
  const bound = { tool, arguments: input, customer_id: row.customer_id, policy_version: desk.policy.version }
  const digest = approvalDigest(bound)
  const found = await trx
    .selectFrom('approvals')
    .select('id')
    .where('conversation_id', '=', row.id)
    .where('state', 'in', ['pending', 'approved'])
    .where((where) =>
      key === null
        ? where.and([where('tool', '=', tool), where('digest', '=', digest)])
        : where('business_key', '=', key),
    )
    .executeTakeFirst()
  return found?.id ?? null
}

async function wasMadeBefore({ trx, row }: Scope, { tool, input }: AskedWrite): Promise<boolean> {
  const twin = await trx
    .selectFrom('effects')
    .select('id')
    .where('conversation_id', '=', row.id)
    .where('tool', '=', tool)
    .where('digest', '=', digestOf(input))
    .where('state', 'in', ['sent', 'unknown', 'settled'])
    .executeTakeFirst()
  return twin !== undefined
}
