import { useEffect, useRef, useState } from 'react'
import type { Page } from '../../shared/desk-types.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'
import { useSession } from '../session.ts'
import { useConversation } from './conversation-context.ts'
import { Refusal } from './refusal.tsx'
import { useCommand } from './use-command.ts'

type Colleague = { id: string; name: string; role: string; online: boolean }

/** Offers the conversation to a colleague or a team; the AI stays silent. */
export function TransferForm({ done }: { done: () => void }) {
  const { part, commands, online, me } = useConversation()
  const { colleagues, failed } = useColleagues(me.id)
  const { busy, problem, run } = useCommand()
  const [to, setTo] = useState('')
  const [team, setTeam] = useState('')
  const [note, setNote] = useState('')
  const first = useRef<HTMLSelectElement>(null)
  useEffect(() => first.current?.focus(), [])
  const target = to === '' ? (team.trim() === '' ? null : { team: team.trim() }) : { agent_id: to }
  const send = async () => {
    const { handoff } = part
    if (handoff && target && (await run(() => commands.transfer(handoff, target, note.trim())))) done()
  }
  return (
    <form
      className="panel"
      aria-label="Transfer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="panel-fields">
        <label>
          To a colleague
          <select ref={first} value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">Nobody in particular</option>
            {colleagues.map(({ id, name, role, online: here }) => (
              <option key={id} value={id}>
                {name}, {role}
                {here ? '' : ', away'}
              </option>
            ))}
          </select>
        </label>
        <label>
          or to a team
          <input value={team} maxLength={64} disabled={to !== ''} onChange={(event) => setTeam(event.target.value)} />
        </label>
      </div>
      <label>
        Note for them, never shown to the customer
        <textarea rows={1} dir="auto" value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <div className="panel-acts">
        <button type="submit" className="btn" disabled={!online || target === null} aria-busy={busy}>
          {busy ? 'Transferring' : 'Transfer'}
        </button>
        <button type="button" className="btn bare" onClick={done}>
          Cancel
        </button>
      </div>
      <Refusal problem={problem ?? failed} />
    </form>
  )
}

/** Those who are there first. */
function useColleagues(me: string): { colleagues: Colleague[]; failed: Problem | null } {
  const { api } = useSession()
  const [colleagues, setColleagues] = useState<Colleague[]>([])
  const [failed, setFailed] = useState<Problem | null>(null)
  useEffect(() => {
    const left = new AbortController()
    api.get<Page<Colleague>>('/v1/people', { limit: 100 }, left.signal).then(
      ({ data }) => {
        const others = data.filter(({ id }) => id !== me)
        setColleagues(others.sort((a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name)))
      },
      (error: unknown) => left.signal.aborted || setFailed(asProblem(error)),
    )
    return () => left.abort()
  }, [api, me])
  return { colleagues, failed }
}
