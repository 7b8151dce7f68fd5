// What tokens cost. Money is US dollars.

/** For a million tokens. */
export type Price = { input: number; output: number }

// OpenAI's list of June 2026. The scripted ones cost nothing; a price lets newcomers see budgets and cost at work.
const KNOWN: ReadonlyMap<string, Price> = new Map([
  ['scripted-small', { input: 0.2, output: 0.8 }],
  ['scripted-large', { input: 2, output: 8 }],
  ['gpt-5.4-nano', { input: 0.2, output: 1.25 }],
  ['gpt-5.4-mini', { input: 0.75, output: 4.5 }],
  ['gpt-5.4', { input: 2.5, output: 15 }],
  ['gpt-5.5', { input: 5, output: 30 }],
])

/** The list price of a model we know by name. */
export const knownPrice = (model: string): Price | undefined => KNOWN.get(model)

/** What one call cost, to a billionth of a dollar, so that sums stay free of float noise. */
export function costUsd(price: Price, tokens: { inputTokens: number; outputTokens: number }): number {
  const dollars = (tokens.inputTokens * price.input + tokens.outputTokens * price.output) / 1_000_000
  return Math.round(dollars * 1e9) / 1e9
}
