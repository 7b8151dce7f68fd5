import { useEffect, useRef, useState } from 'react'
import type { Approval } from '../../shared/desk-types.ts'
import { useConversation } from '../conversation/conversation-context.ts'
import { Refusal } from '../conversation/refusal.tsx'
import { useCommand } from '../conversation/use-command.ts'
import { type ArgumentField, argumentsOf, changedArguments, fieldsOf } from './argument-fields.ts'

/** Changes what will run. The changed request has its own digest and is decided anew. */
export function EditForm({ approval, done }: { approval: Approval; done: () => void }) {
  const { commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const [fields, setFields] = useState(() => fieldsOf(approval.arguments))
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const edited = argumentsOf(approval.arguments, fields)
  const changes = edited ? changedArguments(approval.arguments, edited).length : 0
  const write = (name: string, value: string) =>
    setFields(fields.map((field) => (field.name === name ? { ...field, value } : field)))
  return (
    <form
      className="panel"
      aria-label="Edit"
      onSubmit={(event) => {
        event.preventDefault()
        if (!edited || changes === 0) return
        void run(() => commands.decide(approval, { decision: 'approve', arguments: edited })).then((ok) => ok && done())
      }}
    >
      <div className="panel-fields">
        {fields.map((field, index) => (
          <Field key={field.name} field={field} write={write} first={index === 0 ? first : undefined} />
        ))}
      </div>
      <div className="panel-acts">
        <button type="submit" className="btn" disabled={!online || !edited || changes === 0} aria-busy={busy}>
          Ask for this instead
        </button>
        <button type="button" className="btn bare" onClick={done}>
          Cancel
        </button>
        {!edited && <span className="quiet small">An amount needs digits, such as 49.00.</span>}
      </div>
      <Refusal problem={problem} />
    </form>
  )
}

type Writing = {
  field: ArgumentField
  write: (name: string, value: string) => void
  first: React.RefObject<HTMLInputElement | null> | undefined
}

function Field({ field: { name, label, kind, value }, write, first }: Writing) {
  if (kind === 'flag') {
    return (
      <label>
        <input
          ref={first}
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => write(name, `${event.target.checked}`)}
        />
        {label}
      </label>
    )
  }
  const mode = kind === 'text' ? 'text' : 'decimal'
  return (
    <label>
      {label}
      <input
        ref={first}
        inputMode={mode}
        value={value}
        dir="auto"
        onChange={(event) => write(name, event.target.value)}
      />
    </label>
  )
}
