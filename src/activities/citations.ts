import type { Citation } from '../domain/conversation.ts'
import type { StepRow } from '../kernel/tables.ts'

const MARK = /[^\S\n]*\[([a-z0-9][a-z0-9-]*)\]/g
// The space before a mark at the very beginning belongs to the sentence before it.
const FIRST_MARKS = /^(?:\[[a-z0-9][a-z0-9-]*\][^\S\n]*)+/

/** The passages of this turn that the text cites by [document]; each document once, in order of first mention [K3]. */
export function citedIn(text: string, steps: readonly Pick<StepRow, 'content'>[]): Citation[] {
  const passages = steps.flatMap(({ content }) => {
    const found =
      content !== null && typeof content === 'object' && !Array.isArray(content) ? content['citations'] : null
    return Array.isArray(found) ? (found as unknown as Citation[]) : []
  })
  const named = [...text.matchAll(MARK)].map((match) => match[1])
  return [...new Set(named)].flatMap((document) => passages.find((passage) => passage.document === document) ?? [])
}

/** The text, or a piece of it that is a sentence long, without its marks: for a channel where nobody can look them up. */
export const withoutMarks = (text: string): string => text.replace(FIRST_MARKS, '').replace(MARK, '')
