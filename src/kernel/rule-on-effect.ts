// A person rules on a write whose outcome nobody could prove (rule 10). Late proof wins over "did not happen".
import { Refusal } from '../domain/errors.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import { type Carried, carryOut } from './commands.ts'
import { type EffectView, effectView } from './effect-view.ts'
import type { Kernel } from './kernel.ts'
import { settleApproval } from './settle-approval.ts'

export type Ruling = {
  effectId: string
  person: Actor
  outcome: 'happened' | 'did_not_happen'
  /** After masking. */
  note: string
  commandId?: string | undefined
}

/** Throws Refusal `not_found`, or `conflict` when the outcome is not unknown. */
export async function ruleOnEffect(kernel: Kernel, ruling: Ruling): Promise<Carried<EffectView>> {
  const { effectId, person, outcome, note } = ruling
  const found = await kernel.db
    .selectFrom('effects')
    .select('conversation_id')
    .where('id', '=', effectId)
    .where('tenant_id', '=', kernel.tenant)
    .executeTakeFirst()
  if (!found) throw notFound()
  const request = { effect: effectId, outcome, note }
  const command = { actor: person, id: ruling.commandId, kind: 'ruling', request }
  const carried = await carryOut(kernel, found.conversation_id, command, async (scope) => {
    const ruled = { by: { id: person.id, name: person.name }, outcome, note, at: scope.now.toISOString() }
    const row = await scope.trx
      .updateTable('effects')
      .set({
        state: outcome === 'happened' ? 'settled' : 'refused',
        outcome: JSON.stringify({ code: 'ruled', ruling: ruled }),
        next_try_at: null,
        ended_at: scope.now,
      })
      .where('id', '=', effectId)
      .where('state', '=', 'unknown')
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new Refusal('conflict', 'The outcome of this write is not unknown; there is nothing to rule on.')
    const told = { effect_id: effectId, outcome, by: { id: person.id, name: person.name } }
    scope.emit('effect-ruled', effectId, told, 'agents')
    await settleApproval(scope, row)
    await audit(scope, person, { action: 'effect.ruled', subject: effectId, detail: { outcome } })
    return effectView(row)
  })
  if (!carried) throw notFound()
  return carried
}

const notFound = () => new Refusal('not_found', 'There is no such write.')
