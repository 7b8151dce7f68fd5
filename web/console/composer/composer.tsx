// Where a person writes: to the customer, or to colleagues. What the sending will do stands on its button.
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useKeys } from '../keys/use-keys.ts'
import { Icon } from '../parts/icon.tsx'
import { useConversation } from '../conversation/conversation-context.ts'
import { NoteBox } from './note-box.tsx'
import { ReplyBox } from './reply-box.tsx'
import { focusReply } from './reply-field.ts'

type Mode = 'reply' | 'note'

export function Composer() {
  const { part, store } = useConversation()
  const [mode, setMode] = useState<Mode>('reply')
  const to = (next: Mode) => {
    // The field must be there before the next key is typed.
    flushSync(() => setMode(next))
    focusReply()
  }
  useKeys({ r: () => to('reply'), n: () => to('note') })
  return (
    <section className="write" aria-label="Write">
      <div className="modes">
        <button type="button" aria-pressed={mode === 'reply'} onClick={() => to('reply')}>
          Reply
        </button>
        <button type="button" aria-pressed={mode === 'note'} onClick={() => to('note')}>
          <Icon name="lock" />
          Internal note <kbd aria-hidden="true">N</kbd>
        </button>
        {mode === 'reply' && part.floor === 'ai' && <span>Sending takes the floor and stops the AI’s reply</span>}
        {mode === 'reply' && part.floor === 'waiting' && <span>Sending claims it</span>}
        {mode === 'note' && <span>Never shown to the customer</span>}
      </div>
      {mode === 'reply' ? <ReplyBox key={`reply ${store.id}`} /> : <NoteBox key={`note ${store.id}`} />}
    </section>
  )
}
