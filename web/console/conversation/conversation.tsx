// The open conversation: head, transcript, composer, and the details beside it.
import { use, useEffect } from 'react'
import { Composer } from '../composer/composer.tsx'
import { Details } from '../details/details.tsx'
import { Failed } from '../parts/failed.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useWatched } from '../use-watched.ts'
import { StoreContext, useConversation } from './conversation-context.ts'
import type { ConversationStore } from './conversation-store.ts'
import { Head } from './head.tsx'
import { Transcript } from './transcript.tsx'

export function Conversation({ store }: { store: ConversationStore }) {
  const { phase, problem } = useWatched(store.state)
  return (
    <StoreContext value={store}>
      <section className="col middle" id="conversation" aria-label="Conversation" tabIndex={-1}>
        {phase === 'loading' && <Skeleton rows={8} label="Loading the conversation" />}
        {phase === 'failed' && problem && (
          <Failed what="The conversation could not be read." problem={problem} retry={store.refresh} />
        )}
        {phase === 'ready' && <Talk />}
      </section>
      <aside className="col side" id="details" aria-label="Customer and run">
        {phase === 'ready' ? <Details /> : <Skeleton rows={5} label="Loading details" />}
      </aside>
    </StoreContext>
  )
}

function Talk() {
  useSeen()
  const store = use(StoreContext)
  return (
    <>
      <Head key={store?.id} />
      <Transcript />
      <Composer />
    </>
  )
}

/** Who opens an offered conversation has seen it, and the queue says so. */
function useSeen(): void {
  const { part, commands } = useConversation()
  const offered = part.handoff?.state === 'offered' ? part.handoff : null
  useEffect(() => {
    // Nothing is lost when it fails: it only says that somebody looks.
    if (offered) commands.seen(offered).catch(() => undefined)
    // oxlint-disable-next-line react/exhaustive-deps -- once for each handoff
  }, [offered?.id])
}
