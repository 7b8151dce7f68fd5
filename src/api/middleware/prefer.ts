// `Prefer: wait=N` (RFC 7240): how long the client would hold the line. Anything unreadable is ignored, as the RFC asks.

const LONGEST_WAIT = 60

/** Seconds from 1 to 60, or 0 for an immediate answer. */
export function preferredWait(header: string | undefined): number {
  for (const preference of (header ?? '').slice(0, 1000).split(/[,;]/)) {
    const match = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*$/i.exec(preference)
    if (match) return Math.min(LONGEST_WAIT, Number(match[1]))
  }
  return 0
}
