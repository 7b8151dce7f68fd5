// Digits as people write them: groups with spaces, dashes or dots between. A card number is one or more groups of a run.
import { decimalDigit } from './decimal-digit.ts'

/** One digit and where its character stands in the text. */
export type Digit = { value: number; start: number; end: number }
/** Digits with nothing between them. */
export type DigitGroup = Digit[]
export type DigitRun = {
  groups: DigitGroup[]
  /** A plus sign stands before it, as before a phone number. */
  plus: boolean
}

// Marks that have no width or dress the digit before them (keycaps): they separate nothing.
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]|\ufe0e|\ufe0f|\u20e3/u
const SEPARATOR = /[\p{Zs}\t\p{Pd}\u2212._\u00b7\u2024\u2027\u2219]/u
/** " - " and the like; more means that two things stand beside each other. */
const WIDEST = 3
/** Stars that a masked card number has at least, before its last four digits. */
const MASKED = 9
export const MASK = '*'

/** One pass over the text. The last four digits of a number that is masked already belong to no run. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = []
  let run: DigitRun = { groups: [], plus: false }
  let group: DigitGroup = []
  let gap = 0
  let stars = 0
  let shown = 0
  let plus = false

  const endGroup = (): void => {
    if (group.length > 0) run.groups.push(group)
    group = []
  }
  const endRun = (): void => {
    endGroup()
    if (run.groups.length > 0) runs.push(run)
    run = { groups: [], plus: false }
    gap = 0
  }

  let start = 0
  for (const character of text) {
    const end = start + character.length
    const value = decimalDigit(character)
    if (value !== null) {
      if (stars >= MASKED) shown = 4
      stars = 0
      if (shown > 0) shown -= 1
      else {
        if (gap > 0) endGroup()
        if (run.groups.length === 0 && group.length === 0) run.plus = plus
        group.push({ value, start, end })
        gap = 0
      }
      plus = false
    } else if (SEPARATOR.test(character)) {
      gap += 1
      if (gap > WIDEST) {
        endRun()
        stars = 0
        shown = 0
        gap = WIDEST + 1
      }
    } else if (!INVISIBLE.test(character)) {
      endRun()
      shown = 0
      stars = character === MASK ? stars + 1 : 0
      plus = character === '+'
    }
    start = end
  }
  endRun()
  return runs
}
