import { duration } from '../../shared/times.ts'
import { focusReply } from '../composer/reply-field.ts'
import { useKeys } from '../keys/use-keys.ts'
import { useClock } from '../parts/clock.ts'
import { Icon } from '../parts/icon.tsx'
import { useConversation } from './conversation-context.ts'
import { Refusal } from './refusal.tsx'
import { useCommand } from './use-command.ts'

/** Claims or releases. A lost race turns the button into the fact, in place. */
export function ClaimButton() {
  const { part, workspace, commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const { handoff, floor } = part
  const claimable = floor === 'waiting' && handoff !== null
  const act = async () => {
    if (!handoff || !online || busy) return
    if (floor === 'mine') await run(() => commands.release(handoff))
    else if (claimable && (await run(() => commands.claim(handoff)))) focusReply()
  }
  useKeys({ c: () => void act() })
  const winner = problem?.code === 'already_claimed' ? nameOf(problem.body['claimed_by']) : undefined
  if (floor === 'other' || winner !== undefined) {
    const claimed = workspace.timeline.findLast(({ type }) => type === 'handoff-claimed')
    return (
      <ClaimedBy
        name={handoff?.claimed_by?.name ?? winner ?? 'Somebody'}
        at={claimed?.at}
        lost={winner !== undefined}
      />
    )
  }
  if (!claimable && floor !== 'mine') return null
  return (
    <>
      <button type="button" className="btn" disabled={!online} aria-busy={busy} onClick={() => void act()}>
        <Icon name="hand" />
        {floor === 'mine' ? (busy ? 'Releasing' : 'Release') : busy ? 'Claiming' : 'Claim'}{' '}
        <kbd aria-hidden="true">C</kbd>
      </button>
      <Refusal problem={problem} />
    </>
  )
}

function ClaimedBy({ name, at, lost }: { name: string; at: string | undefined; lost: boolean }) {
  const ago = useClock((now) => (at === undefined ? '' : `${duration(now - Date.parse(at))} ago`))
  return (
    <p className="claimed-by">
      <span role={lost ? 'alert' : undefined}>
        <b dir="auto">{name}</b> claimed it
      </span>{' '}
      {ago}
    </p>
  )
}

function nameOf(person: unknown): string {
  if (typeof person === 'object' && person !== null && 'name' in person) return String(person.name)
  return 'Somebody else'
}
