// Card data is stored nowhere (P9): numbers are masked before the first write.
import { couldBeCard } from './card-brands.ts'
import type { Digit, DigitGroup, DigitRun } from './digit-runs.ts'
import { MASK, digitRuns } from './digit-runs.ts'

export type MaskedText = { text: string; count: number }

const SHORTEST = 13
const LONGEST = 19
const SHOWN = 4
const LONGEST_PHONE = 15

/** Replaces all but the last four digits of every card number by `*`. Masking twice changes nothing more. */
export function maskCardNumbers(text: string): MaskedText {
  const cards = digitRuns(text).flatMap(cardsIn)
  if (cards.length === 0) return { text, count: 0 }
  let masked = ''
  let from = 0
  for (const { start, end } of cards.flatMap((digits) => digits.slice(0, -SHOWN))) {
    masked += text.slice(from, start) + MASK
    from = end
  }
  return { text: masked + text.slice(from), count: cards.length }
}

/** Left to right; groups of a found card are not looked at again. */
function cardsIn(run: DigitRun): Digit[][] {
  const cards: Digit[][] = []
  let first = 0
  while (first < run.groups.length) {
    const found = cardFrom(run, first)
    if (found) cards.push(found.digits)
    first = found ? found.next : first + 1
  }
  return cards
}

/** The longest card number that begins with the group `first` and ends with a group. */
function cardFrom(run: DigitRun, first: number): { digits: Digit[]; next: number } | null {
  const digits: Digit[] = []
  let best: { digits: Digit[]; next: number } | null = null
  for (let next = first; next < run.groups.length; next += 1) {
    const group = run.groups[next] ?? []
    if (digits.length + group.length > LONGEST) break
    digits.push(...group)
    if (digits.length < SHORTEST || (run.plus && first === 0 && digits.length <= LONGEST_PHONE)) continue
    const groups = run.groups.slice(first, next + 1)
    if (!looksLikeOtherNumbers(groups) && couldBeCard(digits.map((digit) => digit.value))) {
      best = { digits: [...digits], next: next + 1 }
    }
  }
  return best
}

/** Order numbers beside each other ("34567 34568 34569") and phone numbers (3-3-4) add up to a card's length by chance. */
function looksLikeOtherNumbers(groups: readonly DigitGroup[]): boolean {
  const [a = 0, b = 0, c = 0] = groups.map((group) => group.length)
  const isList = groups.length > 1 && a >= 5 && a <= 7 && groups.every((group) => group.length === a)
  return isList || (a === 3 && b === 3 && c === 4)
}
