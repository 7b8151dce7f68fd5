// The outbox of notices: a row in the transaction that gives rise to it, so nobody is paged for what did not happen, and
// what happened is told even when this process dies behind the commit.
import type { JsonObject } from '../domain/json.ts'
import type { NoticeType } from '../domain/notices.ts'
import type { Scope } from './conversation-row.ts'
import { newId } from './ids.ts'

export type Notice = {
  type: NoticeType
  /** Id of the handoff or the approval. */
  subject: string
  /** Ids, codes, times and links; never the text of a message. The conversation's id and the subject are added. */
  data: JsonObject
}

/** Writes nothing when nobody is to be told (no NOTIFY_WEBHOOK_URL). */
export async function notify(scope: Scope, notice: Notice): Promise<void> {
  const { kernel, row, now, trx } = scope
  if (!kernel.notifies) return
  await trx
    .insertInto('notices')
    .values({
      tenant_id: kernel.tenant,
      desk: row.desk,
      id: newId('ntc', now),
      conversation_id: row.id,
      type: notice.type,
      subject: notice.subject,
      data: JSON.stringify({ ...notice.data, conversation_id: row.id, subject: notice.subject }),
      next_try_at: now,
      created_at: now,
    })
    .execute()
}
