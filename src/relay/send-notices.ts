// Sends what stands in the outbox of notices, at least once each. It knows nothing but the store, so a notice outlives every
// process; a receiver that is away is tried again until the notice is given up.
import { forgetOldNotices, leaseNotices, noticeFailed, noticeSent } from '../kernel/deliver-notices.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { NoticeRow } from '../kernel/tables.ts'
import type { NoticeSender } from '../ports/notices.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { again } from './again.ts'

export type NoticesOptions = {
  kernel: Kernel
  send: NoticeSender
  logger: Logger
  metrics: Metrics
  /** Milliseconds between looks; default 1,000. */
  every?: number
}

/** Sent side by side in one look. */
const MOST = 20
/** Looks between two clearings of what was received long ago. */
const CLEAR_EVERY = 3600

export function startNotices(options: NoticesOptions): { stop: () => Promise<void> } {
  const { kernel, logger, every = 1000 } = options
  let looks = 0
  return again({
    async look() {
      if (looks % CLEAR_EVERY === 0) await forgetOldNotices(kernel)
      looks += 1
      await sendDue(options)
    },
    every,
    onError: (error) => logger.warn({ err: error }, 'the outbox of notices could not be read'),
  })
}

/** One look: sends what is due, and says how many notices that were. */
export async function sendDue(options: NoticesOptions): Promise<number> {
  const due = await leaseNotices(options.kernel, MOST)
  await Promise.all(due.map((notice) => sendOne(options, notice)))
  return due.length
}

async function sendOne({ kernel, send, logger, metrics }: NoticesOptions, notice: NoticeRow): Promise<void> {
  const { id, type, conversation_id: conversation, tries } = notice
  const line = { notice: id, type, conversation, subject: notice.subject, tries }
  try {
    await send({ id, type, createdAt: notice.created_at, data: notice.data })
  } catch (error) {
    const failure = failureCode(error)
    const state = await noticeFailed(kernel, notice, failure)
    metrics.notices.inc({ type, outcome: state === 'given_up' ? 'given_up' : 'failed' })
    if (state === 'given_up') logger.error({ ...line, failure }, 'a notice was given up; it stands on the alerts list')
    else logger.warn({ ...line, failure }, 'a notice was not received and is tried again')
    return
  }
  await noticeSent(kernel, notice)
  metrics.notices.inc({ type, outcome: 'sent' })
  logger.info(line, 'notice sent')
}

const failureCode = (error: unknown): string =>
  error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : 'InternalError'
