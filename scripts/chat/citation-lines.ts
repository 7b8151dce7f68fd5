import type { Citation } from '../../src/domain/conversation.ts'
import { clean } from './clean.ts'

/** `[1] Opening hours (opening-hours)`, each document once. */
export function citationLines(citations: Citation[]): string[] {
  const documents = new Map(citations.map(({ document, title, url }) => [document, { title, url }]))
  return [...documents].map(
    ([document, { title, url }], index) => `[${index + 1}] ${clean(title)} (${clean(url ?? document)})`,
  )
}
