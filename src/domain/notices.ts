// What the world outside is told by webhook [H4 P7]: a page for whoever is on call, a question to whoever may decide.

export const NOTICE_TYPES = ['handoff.offered', 'handoff.missed', 'approval.requested', 'approval.decided'] as const
export type NoticeType = (typeof NOTICE_TYPES)[number]
export type HandoffNotice = Extract<NoticeType, `handoff.${string}`>

/** Milliseconds. `lease`: how long a sender that took a notice may be at it before another takes it. */
export const NOTICE_TIMES = {
  lease: 30_000,
  retryFirst: 2000,
  retryMost: 5 * 60_000,
  /** A day: whoever is to be paged needs another way by then, so it goes on the alerts list. */
  giveUpAfter: 24 * 60 * 60_000,
  /** What was received is kept for a week without its data, what was given up with it. */
  keep: 7 * 24 * 60 * 60_000,
} as const
