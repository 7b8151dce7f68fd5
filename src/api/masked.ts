// Card data is stored nowhere (P9): every text of a client passes here before anything is written or logged.
import { maskCardNumbers } from '../guardrails/card-numbers.ts'
import type { Metrics } from '../telemetry/metrics.ts'

export type Mask = (text: string) => { text: string; masked: boolean }

/** An id is stored as it is, so it must not be a card number. */
export const looksLikeCard = (id: string): boolean => maskCardNumbers(id).count > 0

/** Masks and counts what it masked. */
export function createMask(metrics: Metrics): Mask {
  return (text) => {
    const { text: masked, count } = maskCardNumbers(text)
    if (count > 0) metrics.piiMasked.inc({ type: 'card_number' }, count)
    return { text: masked, masked: count > 0 }
  }
}
