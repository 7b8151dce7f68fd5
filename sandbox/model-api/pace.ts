// How fast the scripted model answers: a control of the process, not of a request.
import { setTimeout as sleep } from 'node:timers/promises'

/** The settings: milliseconds before the first token, tokens a second (0 = all at once). */
export interface PaceSettings {
  latency_ms: number
  tokens_per_second: number
}

/** The current pace. */
export interface Pace {
  settings: PaceSettings
  /** The wait before the answer starts; ends early when the signal aborts. */
  start(signal: AbortSignal): Promise<void>
  /** The wait after `tokens` of a stream. */
  after(tokens: number, signal: AbortSignal): Promise<void>
}

/** A pace; 80 tokens a second shows a reply in about a second. */
export function createPace(tokensPerSecond = 80): Pace {
  const settings = { latency_ms: 0, tokens_per_second: tokensPerSecond }
  const wait = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    if (milliseconds >= 1) await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
  }
  return {
    settings,
    start: (signal) => wait(settings.latency_ms, signal),
    after: (tokens, signal) =>
      wait(settings.tokens_per_second > 0 ? (tokens * 1000) / settings.tokens_per_second : 0, signal),
  }
}
