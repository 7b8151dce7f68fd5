// A text with its citations as pieces, so that a page can lay it out without ever parsing markup.

/** A piece of text, or the number (from 1) of a citation. */
export type Piece = { text: string } | { cites: number }

/** A document in brackets, with the space before it: `…within 30 days [returns].` */
const MARK = /[^\S\n]*\[([a-z0-9][a-z0-9-]*)\]/g

/** A mark becomes the number of its citation; one that names none stays text. What the text does not name stands at its end. */
export function piecesOf(text: string, documents: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  const named = new Set<number>()
  let from = 0
  for (const match of text.matchAll(MARK)) {
    const cites = documents.indexOf(match[1] ?? '') + 1
    if (cites === 0) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ cites })
    named.add(cites)
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  documents.forEach((_, index) => {
    if (!named.has(index + 1)) pieces.push({ cites: index + 1 })
  })
  return pieces
}

/** A text that is still being written: without its marks, also without one that has only begun. */
export const withoutMarks = (text: string): string => text.replace(MARK, '').replace(/[^\S\n]*\[[a-z0-9-]*$/, '')

/** The address of a citation when a browser may follow it: http or https only. */
export const linkOf = (url: string | undefined): string | undefined =>
  url !== undefined && /^https?:\/\//i.test(url) ? url : undefined
