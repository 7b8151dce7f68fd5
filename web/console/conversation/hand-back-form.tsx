import { useEffect, useRef, useState } from 'react'
import { useConversation } from './conversation-context.ts'
import { Refusal } from './refusal.tsx'
import { useCommand } from './use-command.ts'

/** Gives the floor back to the AI, with what it should know. */
export function HandBackForm({ done }: { done: () => void }) {
  const { commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const [note, setNote] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = async () => {
    if (await run(() => commands.handBack(note.trim()))) done()
  }
  return (
    <form
      className="panel"
      aria-label="Hand back to the AI"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label htmlFor="hand-back-note">
        What should the AI know? It goes on with this, and answers what nobody has answered.
      </label>
      <textarea
        id="hand-back-note"
        ref={field}
        rows={2}
        dir="auto"
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
          event.preventDefault()
          void send()
        }}
      />
      <div className="panel-acts">
        <button type="submit" className="btn" disabled={!online} aria-busy={busy}>
          {busy ? 'Handing back' : 'Hand back to the AI'} <kbd aria-hidden="true">⌘ ↵</kbd>
        </button>
        <button type="button" className="btn bare" onClick={done}>
          Cancel
        </button>
      </div>
      <Refusal problem={problem} />
    </form>
  )
}
