// Card data is stored nowhere (P9): every text of a client passes here before anything is written or logged.
import type { Json } from '../domain/json.ts'
import { maskCardNumbers } from '../guardrails/card-numbers.ts'
import type { Metrics } from '../telemetry/metrics.ts'

export type Mask = (text: string) => { text: string; masked: boolean }

/** An id is stored as it is, so it must not be a card number. */
export const looksLikeCard = (id: string): boolean => maskCardNumbers(id).count > 0

/** Every text and key of a value that a client sent. */
export function maskedJson(mask: Mask, value: Json): Json {
  if (typeof value === 'string') return mask(value).text
  if (Array.isArray(value)) return value.map((item) => maskedJson(mask, item))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key).text, maskedJson(mask, item)]))
}

/** Masks and counts what it masked. */
export function createMask(metrics: Metrics): Mask {
  return (text) => {
    const { text: masked, count } = maskCardNumbers(text)
    if (count > 0) metrics.piiMasked.inc({ type: 'card_number' }, count)
    return { text: masked, masked: count > 0 }
  }
}
