// Chat through a pipe: each line of the input is a message; the next is sent when the one before has its outcome.
import { createInterface } from 'node:readline'
import { HELP, readInput } from './input.ts'
import { createPlainScreen } from './plain-screen.ts'
import type { Screen } from './screen.ts'
import type { Session } from './session.ts'

/** Resolves at the end of the input, or at /quit. */
export async function chatThroughPipe(open: (screen: Screen, signal: AbortSignal) => Promise<Session>): Promise<void> {
  const leaving = new AbortController()
  const screen = createPlainScreen((text) => process.stdout.write(text))
  try {
    const session = await open(screen, leaving.signal)
    for await (const line of createInterface({ input: process.stdin })) {
      const input = readInput(line)
      if (input.kind === 'quit') break
      if (input.kind === 'message') {
        screen.echo(input.text)
        await session.settled(await session.send(input.text))
      } else if (input.kind === 'status') await session.status()
      else if (input.kind === 'close') await session.close()
      else if (input.kind === 'help') for (const each of HELP) screen.note(each)
      else if (input.kind === 'unknown') screen.warn(`there is no ${input.name}; /help lists what there is`)
    }
  } finally {
    leaving.abort()
  }
}
