import { useEffect } from 'react'
import type { ConversationState, ConversationStore } from './conversation/conversation-store.ts'
import type { Queue } from './queue/queue-store.ts'
import { usePart } from './use-watched.ts'
import { watched } from '../shared/watched.ts'

const NOTHING = watched<ConversationState | null>(null)

/** The title carries how many wait, so that a tab in the background says it. */
export function usePageTitle(queue: Queue, conversation: ConversationStore | null): void {
  const waiting = usePart(queue.state, ({ counts }) => counts?.waiting ?? 0)
  const name = usePart<ConversationState | null, string>(
    (conversation?.state as typeof NOTHING | undefined) ?? NOTHING,
    () => {
      const customer = conversation?.state.get().workspace?.customer
      return customer?.name ?? customer?.id ?? ''
    },
  )
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name === '' ? '' : `${name} · `}everdesk`
  }, [waiting, name])
}
