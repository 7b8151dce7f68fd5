// Line editing by node:readline, with a prompt that can be taken off the screen while a reply streams in.
import { Writable } from 'node:stream'
import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline'
import { PROMPT } from './terminal-screen.ts'

/** A prompt at the bottom of the terminal. */
export interface LineEditor {
  hidePrompt(): void
  showPrompt(): void
  close(): void
}

/** What it tells; `hidden` says that the line was typed while the prompt was away, so nobody has seen it. */
export interface LineHandlers {
  onLine: (line: string, hidden: boolean) => void
  /** Ctrl-C, Ctrl-D, or a closed terminal. */
  onEnd: () => void
}

/** Begins with the prompt hidden. */
export function createLineEditor(
  { input, output }: { input: NodeJS.ReadStream; output: NodeJS.WriteStream },
  { onLine, onEnd }: LineHandlers,
): LineEditor {
  let hidden = true
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!hidden) output.write(chunk)
      done()
    },
  })
  // readline asks its output how wide it is.
  Object.defineProperty(echo, 'columns', { get: () => output.columns })
  const resized = () => echo.emit('resize')
  output.on('resize', resized)
  const editor = createInterface({ input, output: echo, prompt: PROMPT, terminal: true })
  editor.on('line', (line) => onLine(line, hidden))
  editor.on('SIGINT', () => editor.close())
  editor.on('close', () => {
    output.off('resize', resized)
    onEnd()
  })
  return {
    hidePrompt: () => {
      if (hidden) return
      moveCursor(output, 0, -editor.getCursorPos().rows)
      cursorTo(output, 0)
      clearScreenDown(output)
      hidden = true
    },
    showPrompt: () => {
      hidden = false
      // It would move up by the rows that it drew last, which are gone.
      Object.assign(editor, { prevRows: 0 })
      editor.prompt(true)
    },
    close: () => editor.close(),
  }
}
