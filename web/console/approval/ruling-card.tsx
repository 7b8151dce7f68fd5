// A write whose outcome nobody knows: a person looks at the business system and rules. Nothing is sent twice.
import { useState } from 'react'
import type { Effect } from '../../shared/desk-types.ts'
import { asText } from '../conversation/as-text.ts'
import { useConversation } from '../conversation/conversation-context.ts'
import { Refusal } from '../conversation/refusal.tsx'
import { useCommand } from '../conversation/use-command.ts'
import { Icon } from '../parts/icon.tsx'
import { plain } from '../parts/words.ts'

export function RulingCard({ effect }: { effect: Effect }) {
  const { commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const [note, setNote] = useState('')
  const rule = (outcome: 'happened' | 'did_not_happen') => run(() => commands.rule(effect.id, outcome, note.trim()))
  const ready = online && note.trim() !== '' && !busy
  return (
    <article className="ask pending" aria-label="Outcome unknown">
      <header>
        <Icon name="alert" />
        <span>Outcome unknown: did it happen?</span>
      </header>
      <p className="effect" dir="auto">
        {plain(effect.tool)} <code>{asText(effect.arguments)}</code>
      </p>
      <p className="after">
        The other system did not answer. Look there, then say what you found; nothing is sent twice, and late proof
        wins.
      </p>
      <div className="panel">
        <label>
          What did you see?
          <input value={note} maxLength={500} dir="auto" onChange={(event) => setNote(event.target.value)} />
        </label>
        <div className="panel-acts">
          <button
            type="button"
            className="btn"
            disabled={!ready}
            aria-busy={busy}
            onClick={() => void rule('happened')}
          >
            It happened
          </button>
          <button type="button" className="btn" disabled={!ready} onClick={() => void rule('did_not_happen')}>
            It did not happen
          </button>
        </div>
        <Refusal problem={problem} />
      </div>
    </article>
  )
}
