// What a sender of notices asks of the store: which are due, and what became of each. Leased with SKIP LOCKED, so that any
// number of senders share the work; a sender that dies leaves its notice to the next one, which may send it a second time.
import { retryDelay } from '../domain/effects.ts'
import { NOTICE_TIMES } from '../domain/notices.ts'
import type { Kernel } from './kernel.ts'
import type { NoticeRow } from './tables.ts'

/** The oldest due ones, each with the try that begins counted. */
export async function leaseNotices(kernel: Kernel, most: number): Promise<NoticeRow[]> {
  return kernel.db.transaction().execute(async (trx) => {
    const now = kernel.now()
    const due = await trx
      .selectFrom('notices')
      .selectAll()
      .where('tenant_id', '=', kernel.tenant)
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', now)
      .orderBy('next_try_at')
      .limit(most)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return []
    return trx
      .updateTable('notices')
      .set((set) => ({ tries: set('tries', '+', 1), next_try_at: new Date(now.getTime() + NOTICE_TIMES.lease) }))
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .returningAll()
      .execute()
  })
}

/** What was received needs its data no more. */
export async function noticeSent(kernel: Kernel, { id }: NoticeRow): Promise<void> {
  await kernel.db
    .updateTable('notices')
    .set({ state: 'sent', data: '{}', last_failure: null, ended_at: kernel.now() })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

/** It is tried again, later each time, until it is too old: then it is given up, and stands on the alerts list. */
export async function noticeFailed(
  kernel: Kernel,
  notice: NoticeRow,
  failure: string,
): Promise<'waiting' | 'given_up'> {
  const now = kernel.now()
  const { retryFirst, retryMost, giveUpAfter } = NOTICE_TIMES
  const over = now.getTime() - notice.created_at.getTime() >= giveUpAfter
  const wait = retryDelay(notice.tries - 1, retryFirst, retryMost)
  await kernel.db
    .updateTable('notices')
    .set(
      over
        ? { state: 'given_up', last_failure: failure, ended_at: now }
        : { last_failure: failure, next_try_at: new Date(now.getTime() + wait) },
    )
    .where('id', '=', notice.id)
    .where('state', '=', 'waiting')
    .execute()
  return over ? 'given_up' : 'waiting'
}

/** What was received or given up is kept for a while, for whoever wonders whether somebody was told. */
export async function forgetOldNotices(kernel: Kernel): Promise<void> {
  await kernel.db
    .deleteFrom('notices')
    .where('tenant_id', '=', kernel.tenant)
    .where('state', '!=', 'waiting')
    .where('ended_at', '<', new Date(kernel.now().getTime() - NOTICE_TIMES.keep))
    .execute()
}
