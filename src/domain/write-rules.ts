// A write of a desk as the kernel judges and words it: pure, so that a decision needs no system of the company.
import type { JsonObject } from './json.ts'

/** Integer cents. */
export type Money = { cents: number; currency: string }

export type WriteWords = {
  /** The effect for whoever decides, with verb, amount and object: "Refund $1,249.00, the whole of order 22345, to Ben Ortiz". */
  text: string
  /** What is so once it has run, for whoever decides: "Nothing is left to refund after it." */
  after?: string
  /** The same for the customer, as the object of a sentence and in their language: "a refund of $20.00 for order 12345". */
  what: string
}

export type Edited = { kind: 'edited'; input: JsonObject } | { kind: 'problem'; detail: string }

/** `input` holds the canonical arguments, `facts` what the tool read when the write was asked for. */
export type WriteRules = {
  kind: string
  risky: boolean
  amount: (input: JsonObject, facts: JsonObject) => Money | null
  describe: (input: JsonObject, facts: JsonObject, locale: string) => WriteWords
  businessKey: (input: JsonObject) => string | null
  /** What a person made of the arguments, checked as the model's were. */
  edit: (edited: JsonObject, before: JsonObject, facts: JsonObject) => Edited
}

/** When and how often an approved write runs, in words that hold for any write. */
export function consequenceOf(people: number, after: string | undefined): string {
  const when = people > 1 ? `at the ${ORDINALS[people] ?? 'last'} approval` : 'at your approval'
  return [`It runs once, ${when}, and cannot be undone.`, after ?? ''].filter(Boolean).join(' ')
}
const ORDINALS: Record<number, string> = { 2: 'second', 3: 'third' }
