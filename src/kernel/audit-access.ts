// That somebody of the staff read a customer's data is written down, at most once a minute for each person and conversation [T8].
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import type { Kernel } from './kernel.ts'

const MINUTE = 60_000

export type Access = {
  /** `data.read` of a conversation or a customer, `data.listed` of many at once. */
  action: 'data.read' | 'data.listed'
  /** The conversation, the customer, or the name of the list. */
  subject: string
  conversationId: string | null
}

/**
 * Whoever reads waits for it: what cannot be written down is not shown. Of two at the same moment the unique key lets one in.
 * A customer's look at what is theirs is none.
 */
export async function auditAccess(kernel: Kernel, actor: Actor, access: Access): Promise<void> {
  if (actor.role === 'customer') return
  const now = kernel.now()
  const key = (minute: number) => `${access.action}/${access.subject}/${actor.id}/${minute}`
  const minute = Math.floor(now.getTime() / MINUTE)
  await sql`
    insert into audit_log (tenant_id, conversation_id, actor, action, subject, detail, at, once_key)
    select ${kernel.tenant}::text, ${access.conversationId}::text, ${actor.id}::text, ${access.action}::text,
      ${access.subject}::text, ${JSON.stringify({ role: actor.role })}::jsonb, ${now}::timestamptz, ${key(minute)}::text
    where not exists (
      select 1 from audit_log where tenant_id = ${kernel.tenant} and once_key in (${key(minute)}, ${key(minute - 1)})
        and at > ${new Date(now.getTime() - MINUTE)}
    )
    on conflict do nothing`.execute(kernel.db)
}
