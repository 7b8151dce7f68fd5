// Output that is piped: whole messages on plain lines, each once, nothing that is taken back.
import { citationLines } from './citation-lines.ts'
import type { Screen } from './screen.ts'
import type { Shown, Speaker } from './view.ts'

/** Writes lines to `write`. */
export function createPlainScreen(write: (text: string) => void): Screen {
  let speaker: Speaker = { role: 'ai', name: 'AI' }
  let text = ''
  const show = (thing: Shown) => {
    switch (thing.show) {
      case 'line':
        write(`(${thing.text})\n`)
        return
      case 'begin':
        speaker = thing.speaker
        text = ''
        return
      case 'piece':
        text += thing.text
        return
      case 'erase':
        text = ''
        return
      case 'end':
        write(`${nameOf(speaker)}: ${text}\n`)
        for (const line of citationLines(thing.citations)) write(`  ${line}\n`)
    }
  }
  return {
    show: (things) => things.forEach(show),
    note: (line) => write(`(${line})\n`),
    warn: (line) => write(`(${line})\n`),
    echo: (line) => write(`you: ${line}\n`),
  }
}

function nameOf({ role, name }: Speaker): string {
  if (role === 'you') return 'you'
  return role === 'system' ? 'notice' : name
}
