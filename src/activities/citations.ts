import type { Citation } from '../domain/conversation.ts'
import type { StepRow } from '../kernel/tables.ts'

/** The passages of this turn that the text cites by [document]; each document once, in order of first mention [K3]. */
export function citedIn(text: string, steps: readonly Pick<StepRow, 'content'>[]): Citation[] {
  const passages = steps.flatMap(({ content }) => {
    const found =
      content !== null && typeof content === 'object' && !Array.isArray(content) ? content['citations'] : null
    return Array.isArray(found) ? (found as unknown as Citation[]) : []
  })
  const named = [...text.matchAll(/\[([a-z0-9][a-z0-9-]*)\]/g)].map((match) => match[1])
  return [...new Set(named)].flatMap((document) => passages.find((passage) => passage.document === document) ?? [])
}
