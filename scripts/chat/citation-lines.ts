import type { Citation } from '../../src/domain/conversation.ts'
import { clean } from './clean.ts'

/** `[opening-hours] Opening hours`, each document once, under the name by which the text cites it. */
export function citationLines(citations: Citation[]): string[] {
  const documents = new Map(citations.map(({ document, title, url }) => [document, { title, url }]))
  return [...documents].map(([document, { title, url }]) =>
    clean(`[${document}] ${title}${url === undefined ? '' : ` ${url}`}`),
  )
}
