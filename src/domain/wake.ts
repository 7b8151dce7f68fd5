// Everything waited for has a row and a time; the conversation's wake_at is their minimum (rule 6).

/** Times in milliseconds since the epoch; null where nothing of the kind is waited for. */
export type Waits = {
  openTurnDeadline: number | null
  acceptedUnderAi: boolean
  approvalExpiry: number | null
  effectRetry: number | null
  handoffDeadline: number | null
  quiet: number | null
  closeCanHappen: boolean
}

/** While a turn is open only its deadline counts; nothing else is begun before it ends. */
export function nextWake(waits: Waits, now: number): number | null {
  if (waits.openTurnDeadline !== null) return waits.openTurnDeadline
  if (waits.acceptedUnderAi || waits.closeCanHappen) return now
  const times = [waits.approvalExpiry, waits.effectRetry, waits.handoffDeadline, waits.quiet].filter(
    (time) => time !== null,
  )
  return times.length > 0 ? Math.min(...times) : null
}
