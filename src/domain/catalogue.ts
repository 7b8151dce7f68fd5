// Every text written by code comes from the desk's catalogue, by key and locale, with {placeholders}.

export const TEXT_KEYS = [
  'handoff_acknowledged',
  'handoff_still_waiting',
  'failure_note',
  'ask_intent',
  'greeting',
  'thanks',
  'goodbye',
  'about_ai',
  'how_are_you',
  'claim_unconfirmed',
  'outcome_unknown',
  'needs_person',
  'card_masked',
  'follow_up',
  'handed_back',
] as const
export type TextKey = (typeof TEXT_KEYS)[number]

/** locale -> key -> text; `en` is always there and stands in for a missing locale or key. */
export type Catalogue = { en: Record<TextKey, string> } & Record<string, Partial<Record<TextKey, string>>>

/** The catalogue's text in the conversation's locale (`de-AT` falls back to `de`, then `en`). */
export function say(catalogue: Catalogue, locale: string, key: TextKey, values: Record<string, string> = {}): string {
  const language = locale.split('-')[0] ?? 'en'
  const chosen = [locale, language].find((name) => Object.hasOwn(catalogue, name))
  const text = (chosen && catalogue[chosen]?.[key]) || catalogue.en[key]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  )
}
