// The desk: queue, conversation, details; on a phone one of them at a time.
import { useEffect, useMemo, useState } from 'react'
import { useKeys } from './keys/use-keys.ts'
import { Conversation } from './conversation/conversation.tsx'
import { createConversation } from './conversation/conversation-store.ts'
import { detailsShown, pane } from './layout.ts'
import { Panes } from './panes.tsx'
import { createQueue } from './queue/queue-store.ts'
import { Queue } from './queue/queue.tsx'
import { go, pathOf, route, type View } from './router.ts'
import { useSession } from './session.ts'
import { usePageTitle } from './use-page-title.ts'
import { usePart, useWatched } from './use-watched.ts'

export function Desk() {
  const view = usePart(route, (now): View => (now.page === 'desk' ? now.view : 'waiting'))
  const opened = usePart(route, (now) => (now.page === 'desk' ? now.conversation : null))
  const queue = useQueue(view)
  const conversation = useConversationStore(opened)
  const shown = useWatched(pane)
  const details = useWatched(detailsShown)
  usePageTitle(queue, conversation)
  useKeys({ Escape: () => back(view, opened) })
  return (
    <>
      <main className="desk" data-pane={shown} data-details={details ? 'shown' : 'hidden'}>
        <Queue queue={queue} current={opened} />
        {conversation ? (
          <Conversation key={conversation.id} store={conversation} />
        ) : (
          <section className="col middle" id="conversation" aria-label="Conversation" tabIndex={-1}>
            <h1 className="vh">Desk</h1>
            <p className="choose">Choose a conversation. J and K move through the queue, Enter opens.</p>
          </section>
        )}
      </main>
      <Panes shown={shown} opened={opened !== null} />
    </>
  )
}

function useQueue(view: View) {
  const { api } = useSession()
  const [queue] = useState(() => createQueue(api))
  useEffect(() => queue.open(), [queue])
  useEffect(() => queue.show(view, queue.state.get().filters), [queue, view])
  return queue
}

function useConversationStore(id: string | null) {
  const { api } = useSession()
  const store = useMemo(() => (id === null ? null : createConversation(api, id)), [api, id])
  useEffect(() => {
    if (!store) return
    pane.set('talk')
    return store.open()
  }, [store])
  return store
}

function back(view: View, opened: string | null): void {
  if (detailsShown.get()) return detailsShown.set(false)
  if (pane.get() === 'customer') return pane.set('talk')
  if (opened === null) return
  pane.set('queue')
  go(pathOf({ page: 'desk', view, conversation: null }))
}
