// A terminal: replies stream in, word by word; what is void is erased. The prompt gives way to output and comes back below it.
import { clearScreenDown, cursorTo, moveCursor } from 'node:readline'
import { styleText } from 'node:util'
import { citationLines } from './citation-lines.ts'
import type { Screen } from './screen.ts'
import type { Shown, Speaker } from './view.ts'
import { createWordWrap, wrapped, type WordWrap } from './word-wrap.ts'

/** What the screen needs of the terminal and of the line editor. */
export interface Terminal {
  out: NodeJS.WritableStream
  /** 0 when the terminal does not say. */
  columns: () => number
  /** Takes the prompt with what is typed off the screen; typing goes on unseen. */
  hidePrompt: () => void
  showPrompt: () => void
}

const WIDEST = 88
const USUAL = 80
const INDENT = '  '

/** A text that streams in: it can be erased, and drawn again below a line that came in between. */
interface Draft {
  speaker: Speaker
  text: string
  wrap: WordWrap
}

/** A screen with a prompt at its bottom. */
export interface TerminalScreen extends Screen {
  /** Draws the prompt after a line was entered, unless a reply streams in, which brings it back at its end. */
  prompt(): void
}

/** Makes the screen of a terminal. */
export function createTerminalScreen({ out, columns, hidePrompt, showPrompt }: Terminal): TerminalScreen {
  let draft: Draft | undefined
  const layout = () => ({ width: Math.min(WIDEST, (columns() || USUAL) - 1), indent: INDENT })

  const begin = (speaker: Speaker): void => {
    hidePrompt()
    draft = { speaker, text: '', wrap: createWordWrap(layout()) }
    out.write(`${label(speaker)}\n`)
  }
  const push = (text: string): void => {
    if (draft === undefined) return
    draft.text += text
    out.write(draft.wrap.push(text))
  }
  const erase = (): void => {
    if (draft === undefined) return
    moveCursor(out, 0, -(draft.wrap.breaks() + 1))
    cursorTo(out, 0)
    clearScreenDown(out)
    draft = undefined
  }
  const end = (): string => {
    const rest = draft?.wrap.end() ?? ''
    draft = undefined
    return rest
  }
  const lines = (text: string): void => {
    const open = draft
    erase()
    hidePrompt()
    out.write(`${text}\n`)
    if (open === undefined) {
      showPrompt()
      return
    }
    begin(open.speaker)
    push(open.text)
  }
  const quiet = (text: string): string => styleText('dim', wrapped(`· ${text}`, layout()))

  const show = (thing: Shown): void => {
    switch (thing.show) {
      case 'line':
        lines(quiet(thing.text))
        return
      case 'begin':
        begin(thing.speaker)
        return
      case 'piece':
        push(thing.text)
        return
      case 'erase':
        erase()
        showPrompt()
        return
      case 'end':
        out.write(`${end()}\n`)
        for (const line of citationLines(thing.citations)) out.write(`${styleText('dim', INDENT + line)}\n`)
        out.write('\n')
        showPrompt()
    }
  }
  return {
    show: (things) => things.forEach(show),
    note: (text) => lines(quiet(text)),
    warn: (text) => lines(styleText('yellow', wrapped(text, layout()))),
    echo: (text) => lines(`${PROMPT}${text}`),
    prompt: () => {
      if (draft === undefined) showPrompt()
    },
  }
}

/** What stands before the customer's line. */
export const PROMPT = `${styleText('bold', 'you')} › `

function label({ role, name }: Speaker): string {
  switch (role) {
    case 'ai':
      return styleText(['bold', 'cyan'], `╌ ${name}`)
    case 'person':
      return styleText(['bold', 'green'], `■ ${name}`)
    case 'system':
      return styleText('bold', '◇')
    case 'you':
      return styleText('bold', '○ you')
  }
}
