// What a customer may send: 1 to 5,000 code points of well-formed text without NUL, which no store would keep.

export const LONGEST_TEXT = 5000

/** Codes for `errors[]` of a 422. */
export type TextProblem = 'empty' | 'too_long' | 'malformed_unicode' | 'contains_nul'

/** Everything that is wrong with a text; empty when it may be accepted. */
export function textProblems(text: string): TextProblem[] {
  const problems: TextProblem[] = []
  if (text.length === 0) problems.push('empty')
  if (longerThan(text, LONGEST_TEXT)) problems.push('too_long')
  if (!text.isWellFormed()) problems.push('malformed_unicode')
  if (text.includes('\0')) problems.push('contains_nul')
  return problems
}

// A code point is at most two units long, so most texts need no counting.
function longerThan(text: string, most: number): boolean {
  if (text.length <= most) return false
  return text.length > 2 * most || Array.from(text).length > most
}
