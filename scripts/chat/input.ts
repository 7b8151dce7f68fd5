// What a typed line means.

/** A command of the client, a message, or nothing. */
export type Input =
  | { kind: 'nothing' }
  | { kind: 'message'; text: string }
  | { kind: 'help' | 'close' | 'status' | 'quit' }
  | { kind: 'unknown'; name: string }

const COMMANDS = { '/help': 'help', '/close': 'close', '/status': 'status', '/quit': 'quit', '/exit': 'quit' } as const

/** Reads a line; only one that begins with a slash and a word is a command. */
export function readInput(line: string): Input {
  const text = line.trim()
  if (text === '') return { kind: 'nothing' }
  if (!/^\/[a-z]+$/i.test(text)) return { kind: 'message', text }
  const known = Object.entries(COMMANDS).find(([name]) => name === text.toLowerCase())
  return known === undefined ? { kind: 'unknown', name: text } : { kind: known[1] }
}

/** What `/help` says. */
export const HELP = [
  'Write a message and press Enter. An order number such as 12345 helps; "I want a person" always works.',
  '/status  who has the conversation, and what it cost',
  '/close   end it',
  '/quit    leave; the conversation goes on without you (also Ctrl-C, Ctrl-D)',
]
