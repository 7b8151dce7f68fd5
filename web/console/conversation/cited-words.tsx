import { linkOf, piecesOf } from '../../shared/cited-text.ts'
import type { Citation } from '../../shared/desk-types.ts'

/** A text with its sources as small numbers. Text is text: nothing in it becomes markup. */
export function CitedWords({ text, citations = [] }: { text: string; citations?: readonly Citation[] | undefined }) {
  const pieces = piecesOf(
    text,
    citations.map(({ document }) => document),
  )
  return (
    <p className="words" dir="auto">
      {pieces.map((piece, index) =>
        'text' in piece ? (
          piece.text
        ) : (
          <Source key={index} number={piece.cites} citation={citations[piece.cites - 1]} />
        ),
      )}
    </p>
  )
}

function Source({ number, citation }: { number: number; citation: Citation | undefined }) {
  const link = linkOf(citation?.url)
  const label = `Source ${number}, ${citation?.title ?? ''}`
  const about = { className: 'cite', title: citation?.title ?? '' }
  if (link === undefined) {
    return (
      <span {...about} role="img" aria-label={label}>
        {number}
      </span>
    )
  }
  return (
    <a {...about} href={link} target="_blank" rel="noreferrer" aria-label={label}>
      {number}
    </a>
  )
}
