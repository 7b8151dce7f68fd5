// The life of a write to a business system (rule 10). The ledger's row moves intended -> sent -> settled | refused | unknown.

export type EffectState = 'intended' | 'sent' | 'settled' | 'refused' | 'unknown'
/** Whose word a write stands on: the open turn's, a person's approval, or the handoff that promised it. */
export type EffectAuthority = 'turn' | 'approval' | 'handoff'

export const isEnded = (state: EffectState): boolean =>
  state === 'settled' || state === 'refused' || state === 'unknown'

export type NextSend = 'send' | 'look_up' | 'too_late'

/**
 * What an attempt that finds the row in `sent` may do. Only the attempt that moved it may make the first send; a later
 * attempt resends only to a back end that deduplicates by our key, and only while the floor it stands on has not moved.
 * Either may until `allowed_at` + lease, counted from when it was allowed to itself: one that slept longer must not send what
 * has been looked up and given up meanwhile. Everything else may only look.
 */
export function nextSend(state: {
  movedByThisAttempt: boolean
  allowedAt: number
  now: number
  sendLease: number
  deduplicates: boolean
  floorMoved: boolean
}): NextSend {
  const mayResend = state.deduplicates && !state.floorMoved
  if (!state.movedByThisAttempt && !mayResend) return 'look_up'
  return state.now <= state.allowedAt + state.sendLease ? 'send' : 'too_late'
}

/** A look-up can prove that a write happened, never that it will not; absence counts only after the lease. */
export function lookUpConcludes(
  found: boolean,
  now: number,
  allowedAt: number,
  sendLease: number,
): 'settled' | 'unknown' | 'look_again' {
  if (found) return 'settled'
  return now > allowedAt + sendLease ? 'unknown' : 'look_again'
}

/** Back-off of settling: doubles from `first` to `most`, in milliseconds. */
export const retryDelay = (tries: number, first: number, most: number): number =>
  Math.min(most, first * 2 ** Math.min(tries, 30))
