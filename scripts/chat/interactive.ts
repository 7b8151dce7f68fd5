// Chat at a terminal: until Ctrl-C, Ctrl-D or /quit.
import { HELP, readInput } from './input.ts'
import { createLineEditor } from './line-editor.ts'
import type { LineEditor } from './line-editor.ts'
import { messageOf } from './session.ts'
import type { Session } from './session.ts'
import type { Screen } from './screen.ts'
import { createTerminalScreen } from './terminal-screen.ts'
import type { TerminalScreen } from './terminal-screen.ts'

/** What runs at the terminal. */
export interface Interactive {
  welcome: string
  /** Makes the session on the screen; `signal` aborts at the end. */
  open: (screen: Screen, signal: AbortSignal) => Promise<Session>
}

/** Resolves when the customer leaves. */
export async function chatAtTerminal({ welcome, open }: Interactive): Promise<void> {
  const leaving = new AbortController()
  const { promise: left, resolve: leave } = Promise.withResolvers<void>()
  let session: Session | undefined
  let screen: TerminalScreen | undefined
  const act = async (line: string): Promise<void> => {
    if (session === undefined || screen === undefined) return
    const input = readInput(line)
    switch (input.kind) {
      case 'nothing':
        screen.prompt()
        return
      case 'message':
        screen.prompt()
        await session.send(input.text)
        return
      case 'help':
        for (const each of HELP) screen.note(each)
        return
      case 'status':
        return session.status()
      case 'close':
        return session.close()
      case 'quit':
        editor.close()
        return
      case 'unknown':
        screen.note(`there is no ${input.name}; /help lists what there is`)
    }
  }
  const editor: LineEditor = createLineEditor(
    { input: process.stdin, output: process.stdout },
    {
      onLine: (line, hidden) => {
        if (hidden && line.trim() !== '') screen?.echo(line)
        act(line).catch((error: unknown) => {
          if (!leaving.signal.aborted) screen?.warn(messageOf(error))
        })
      },
      onEnd: leave,
    },
  )
  screen = createTerminalScreen({
    out: process.stdout,
    columns: () => process.stdout.columns,
    hidePrompt: () => editor.hidePrompt(),
    showPrompt: () => editor.showPrompt(),
  })
  try {
    process.stdout.write(`${welcome}\n\n`)
    session = await open(screen, leaving.signal)
    screen.prompt()
    await left
  } finally {
    leaving.abort()
    editor.hidePrompt()
    editor.close()
  }
  const id = session.id()
  const back =
    id === undefined ? '' : `The conversation goes on. Come back with: npm run chat -- --conversation ${id}\n`
  process.stdout.write(`\n${back}`)
}
