// Text of anybody: text nodes and links, never markup.
import type { Piece } from '../conversation/text-pieces.ts'
import type { Words } from '../words/words.ts'

/** `open` shows a source. */
export function SpokenText({
  pieces,
  words,
  open,
}: {
  pieces: Piece[]
  words: Words
  open?: (number: number) => void
}) {
  return (
    <>
      {pieces.map((piece, place) => {
        if ('text' in piece) return piece.text
        // A text never changes its pieces but at its end, so their places are their keys.
        const key = `piece-${place}`
        if ('link' in piece) {
          return (
            <Outward key={key} address={piece.link}>
              {piece.link}
            </Outward>
          )
        }
        const { cites } = piece
        return (
          <button class="cite" key={key} type="button" aria-label={words.source(cites)} onClick={() => open?.(cites)}>
            {cites}
          </button>
        )
      })}
    </>
  )
}

/** A link that leaves the chat; the other page learns nothing of this one. */
export function Outward({ address, children }: { address: string; children: preact.ComponentChildren }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}
