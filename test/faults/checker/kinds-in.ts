import { check } from '../../../faults/checker/index.ts'
import type { History } from '../../../faults/history.ts'

/** The kinds of violation found, each once, in alphabetical order. */
export const kindsIn = (history: History): string[] => [...new Set(check(history).map((each) => each.kind))].sort()

/** The explanations of one kind. */
export const explained = (history: History, kind: string): string[] =>
  check(history)
    .filter((each) => each.kind === kind)
    .map((each) => each.explanation)
