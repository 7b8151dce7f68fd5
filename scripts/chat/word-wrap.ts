// Wraps text that arrives in pieces, so that a reply breaks between words although nobody knows how it goes on.
import { textWidth } from './text-width.ts'

/** Takes pieces and returns what to write now; a word is held back until it is whole. */
export interface WordWrap {
  push(piece: string): string
  /** The last word. */
  end(): string
  /** Lines begun so far below the first one. */
  breaks(): number
}

/** Wraps at `width` columns, indent included. */
export function createWordWrap({ width, indent }: { width: number; indent: string }): WordWrap {
  const room = Math.max(8, width - indent.length)
  let word = ''
  let spaces = ''
  let column = 0
  let breaks = 0
  let softBreak = false

  const newline = (soft: boolean): string => {
    column = 0
    breaks += 1
    softBreak = soft
    return '\n'
  }
  const put = (text: string): string => {
    const start = column === 0 ? indent : ''
    column += textWidth(text)
    return start + text
  }
  const flush = (): string => {
    if (word === '') return ''
    let out = ''
    if (column > 0 && column + spaces.length + textWidth(word) > room) out += newline(true)
    // Spaces at a break of ours vanish; those that begin a line of the author's are a list's.
    else if (spaces !== '' && !(column === 0 && softBreak)) out += put(spaces)
    for (const character of word) {
      if (column + textWidth(character) > room) out += newline(true)
      out += put(character)
    }
    word = ''
    spaces = ''
    return out
  }
  return {
    push: (piece) => {
      let out = ''
      for (const character of piece) {
        if (character !== ' ' && character !== '\n') {
          word += character
          continue
        }
        out += flush()
        if (character === ' ') spaces += ' '
        else {
          spaces = ''
          out += newline(false)
        }
      }
      return out
    },
    end: flush,
    breaks: () => breaks,
  }
}

/** A whole text at once. */
export function wrapped(text: string, layout: { width: number; indent: string }): string {
  const wrap = createWordWrap(layout)
  return wrap.push(text) + wrap.end()
}
