// What the checker finds, and how one kind of it is looked for.
import type { Evidence } from './evidence.ts'

/** One broken promise, told so that a person understands it without the history at hand. */
export type Violation = {
  kind: string
  /** Null when it belongs to none, such as a start that nobody stored. */
  conversation: string | null
  /** Ids of the messages it is about. */
  messages: string[]
  /** Ids of the writes it is about: the store's, or `ledger/<seq>`. */
  effects: string[]
  /** A whole sentence. */
  explanation: string
}

/** A finding before its kind is written on it. */
export type Finding = {
  conversation: string | null
  messages?: string[]
  effects?: string[]
  explanation: string
}

/** One kind of violation. `find` is pure and never throws, however broken the history is. */
export type Kind = {
  /** kebab-case; the name of its file. */
  name: string
  /** What is promised, in a sentence. */
  promise: string
  find: (evidence: Evidence) => Finding[]
}

export const defineKind = (kind: Kind): Kind => kind
