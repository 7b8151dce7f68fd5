// When a conversation is stuck, and so belongs on the list that operators watch (P7).

export const ALERT_KINDS = [
  /** A customer's message has no answer past the deadline of a turn. */
  'message_overdue',
  /** Something is due in the conversation, and no run took it up. */
  'not_taken_up',
  /** A turn is open, and nobody gives signs of life for it, or it is past its deadline. */
  'turn_stuck',
  /** A write is still looked up, or a handoff's ticket still tried, in vain. */
  'effect_unsettled',
  /** Nobody can tell whether a write happened: a person must look and rule. */
  'effect_unknown',
  /** Nobody claimed the conversation within the time the customer was told. */
  'handoff_unclaimed',
  /** Somebody claimed it, and the customer waits for their word longer than they may. */
  'handoff_silent',
  /** A notice to whoever is on call was not received for long, or was given up. */
  'notice_unsent',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** Milliseconds. The relay acts after 2 s and 10 s; what is still there after these was rung in vain, or waits for a free turn. */
export const ALERT_AFTER = {
  notTakenUp: 30_000,
  turnSilent: 30_000,
  effectWaits: 5 * 60_000,
  noticeWaits: 5 * 60_000,
} as const
