import { useEffect, useRef, useState } from 'react'
import type { Approval } from '../../shared/desk-types.ts'
import { useConversation } from '../conversation/conversation-context.ts'
import { Refusal } from '../conversation/refusal.tsx'
import { useCommand } from '../conversation/use-command.ts'

/** Refuses, with the reason asked for in place. */
export function RefuseForm({ approval, done }: { approval: Approval; done: () => void }) {
  const { commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      className="panel"
      aria-label="Refuse"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() === '') return
        void run(() => commands.decide(approval, { decision: 'refuse', reason: reason.trim() })).then(
          (ok) => ok && done(),
        )
      }}
    >
      <label>
        Why not? The customer may read this.
        <input
          ref={field}
          value={reason}
          maxLength={500}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="panel-acts">
        <button type="submit" className="btn no" disabled={!online || reason.trim() === ''} aria-busy={busy}>
          {busy ? 'Refusing' : 'Refuse'}
        </button>
        <button type="button" className="btn bare" onClick={done}>
          Cancel
        </button>
      </div>
      <Refusal problem={problem} />
    </form>
  )
}
