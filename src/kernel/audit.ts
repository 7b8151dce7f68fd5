// One row for every command of a person, in the transaction that carries it out [T8].
import type { JsonObject } from '../domain/json.ts'
import type { Actor } from './actor.ts'
import type { Scope } from './conversation-row.ts'

/** `subject` is the id of what was acted on; `detail` holds codes and ids, never the text of a message. */
export async function audit(
  scope: Scope,
  actor: Actor,
  entry: { action: string; subject: string; detail?: JsonObject },
): Promise<void> {
  await scope.trx
    .insertInto('audit_log')
    .values({
      tenant_id: scope.kernel.tenant,
      conversation_id: scope.row.id,
      actor: actor.id,
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify({ role: actor.role, ...entry.detail }),
      at: scope.now,
    })
    .execute()
}
