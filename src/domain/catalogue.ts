// Every text written by code comes from the desk's catalogue, by key and locale, with {placeholders}.

export const TEXT_KEYS = [
  /** The sentence about people at a handoff: somebody is there, nobody is, or it is outside the desk's hours. */
  'handoff_acknowledged',
  'handoff_nobody_online',
  'handoff_outside_hours',
  /** Deadlines missed: once, twice, a third time, and by somebody who had claimed it. */
  'handoff_still_waiting',
  'handoff_late_again',
  'handoff_no_time',
  'handoff_taken_back',
  'ticket_is',
  'safety_first',
  'failure_note',
  'ask_intent',
  'greeting',
  'thanks',
  'goodbye',
  'about_ai',
  'how_are_you',
  'claim_unconfirmed',
  'outcome_unknown',
  'card_masked',
  'follow_up',
  'handed_back',
  'sign_in_first',
  'approval_waits',
  'approval_waits_for_two',
  'approval_executed',
  'approval_refused',
  'approval_refused_because',
  'approval_expired',
  'approval_failed',
] as const
export type TextKey = (typeof TEXT_KEYS)[number]

/** locale -> key -> text; `en` is always there and stands in for a missing locale or key. */
export type Catalogue = { en: Record<TextKey, string> } & Record<string, Partial<Record<TextKey, string>>>

/** A value, or how it reads in the language that the text is in. */
export type Values = Record<string, string | ((language: string) => string)>

/** The catalogue's text in the conversation's locale (`de-AT` falls back to `de`, then `en`). */
export function say(catalogue: Catalogue, locale: string, key: TextKey, values: Values = {}): string {
  const language = locale.split('-')[0] ?? 'en'
  const chosen = [locale, language].find((name) => Object.hasOwn(catalogue, name))
  const own = chosen && catalogue[chosen]?.[key]
  const spoken = own ? language : 'en'
  return (own || catalogue.en[key]).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return typeof value === 'function' ? value(spoken) : (value ?? whole)
  })
}
