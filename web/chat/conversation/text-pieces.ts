// A message as pieces that a page can lay out without ever parsing markup: text, links and marks of sources.
import { linkOf } from '../../shared/cited-text.ts'
import type { Citation } from './entries.ts'

export type Piece = { text: string } | { link: string } | { cites: number }

const ADDRESS = /https?:\/\/[^\s<>"'`\])}]+/gi
/** A sentence's own punctuation is no part of an address in it. */
const TRAILING = /[.,;:!?]+$/

/** Addresses become links only when a browser may follow them: http and https. */
export function linkedPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const link = match[0].replace(TRAILING, '')
    if (!URL.canParse(link)) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ link })
    from = match.index + link.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

/** Marks such as `[returns]` become the number of the citation of that document; others stay text. */
export function citedPieces(text: string, citations: readonly Citation[]): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(/[^\S\n]*\[([a-z0-9][a-z0-9-]*)\]/g)) {
    const number = citations.findIndex(({ document }) => document === match[1]) + 1
    if (number === 0) continue
    pieces.push(...linkedPieces(text.slice(from, match.index)), { cites: number })
    from = match.index + match[0].length
  }
  return [...pieces, ...linkedPieces(text.slice(from))]
}

/** The words alone, for what is not laid out yet: marks of a text that is still written would only flicker. */
export const withoutMarks = (text: string): string =>
  text.replace(/[^\S\n]*\[[a-z0-9-]*\]?$|[^\S\n]*\[[a-z0-9][a-z0-9-]*\]/g, '')

/** Where a source may be read; undefined: here only. */
export const addressOf = ({ url }: Citation): string | undefined => linkOf(url)
