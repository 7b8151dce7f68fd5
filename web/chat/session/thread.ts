// Which conversation somebody is in, and how far they have read it: kept in the browser, for after a reload.
import { keptForBrowser } from '../../shared/kept.ts'

export type Thread = {
  conversation: string
  /** The last event the customer has seen with the chat open. */
  seen: number
}

const nameOf = (key: string): string => `thread.${key}`

export const keptThread = (key: string): Thread | undefined => keptForBrowser.read<Thread>(nameOf(key))
export const keepThread = (key: string, thread: Thread): void => keptForBrowser.write(nameOf(key), thread)
export const forgetThread = (key: string): void => keptForBrowser.forget(nameOf(key))
export const outboxName = (key: string): string => `outbox.${key}`

/** Calls back when another tab of this browser began a conversation for the same person; returns how to stop. */
export function onThreadElsewhere(key: () => string, listener: (thread: Thread) => void): () => void {
  const heard = (event: StorageEvent) => {
    const thread = event.key === `everdesk.${nameOf(key())}` ? keptThread(key()) : undefined
    if (thread) listener(thread)
  }
  addEventListener('storage', heard)
  return () => removeEventListener('storage', heard)
}
