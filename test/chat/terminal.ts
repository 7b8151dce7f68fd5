// A terminal just large enough to see what a screen draws: text, line breaks, cursor up, column, clear below.
import { Writable } from 'node:stream'

/** A terminal of a test; it never scrolls. */
export interface TestTerminal {
  out: Writable
  /** The lines as a person sees them, without empty ones at the end. */
  lines(): string[]
}

// oxlint-disable-next-line no-control-regex
const SEQUENCE = /^\u001b\[(\d*)(?:;\d+)*([A-Za-z])/

/** An empty terminal with the cursor at the top. */
export function createTestTerminal(): TestTerminal {
  const rows: string[] = ['']
  let row = 0
  let column = 0
  const control = (count: number, letter: string): void => {
    if (letter === 'A') row = Math.max(0, row - count)
    else if (letter === 'G') column = count - 1
    else if (letter === 'J') {
      rows.length = row + 1
      rows[row] = (rows[row] ?? '').slice(0, column)
    } else if (letter !== 'm') throw new Error(`the test's terminal does not know ${letter}`)
  }
  const put = (character: string): void => {
    if (character === '\n') {
      row += 1
      column = 0
      rows[row] ??= ''
      return
    }
    const line = (rows[row] ?? '').padEnd(column)
    rows[row] = line.slice(0, column) + character + line.slice(column + 1)
    column += 1
  }
  const write = (text: string): void => {
    for (let rest = text; rest !== ''; ) {
      const sequence = SEQUENCE.exec(rest)
      if (sequence === null) put(rest.slice(0, 1))
      else control(Number(sequence[1] || 1), sequence[2] ?? '')
      rest = rest.slice(sequence?.[0].length ?? 1)
    }
  }
  const out = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      write(chunk)
      done()
    },
  })
  return { out, lines: () => rows.join('\n').trimEnd().split('\n') }
}
