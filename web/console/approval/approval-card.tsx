// One write that waits for a person: exactly what will happen, who decided, and the decision. No dialog: state lives here.
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Approval } from '../../shared/desk-types.ts'
import { money } from '../../shared/money.ts'
import { clockTime } from '../../shared/times.ts'
import { useConversation } from '../conversation/conversation-context.ts'
import { Refusal } from '../conversation/refusal.tsx'
import { useCommand } from '../conversation/use-command.ts'
import { useKeys } from '../keys/use-keys.ts'
import { Icon } from '../parts/icon.tsx'
import { TimeLeft } from '../parts/time-left.tsx'
import { headline, ownDecision } from './approver.ts'
import { changedArguments } from './argument-fields.ts'
import { Deciders } from './deciders.tsx'
import { EditForm } from './edit-form.tsx'
import { ExactCall } from './exact-call.tsx'
import { RefuseForm } from './refuse-form.tsx'
import { Stressed } from '../parts/stressed.tsx'
import { useDeadKeys } from './use-dead-keys.ts'

type Form = 'edit' | 'refuse' | null

export function ApprovalCard({ approval, before }: { approval: Approval; before: Approval | null }) {
  const { me } = useConversation()
  const card = useRef<HTMLElement>(null)
  const [form, setForm] = useState<Form>(null)
  const dead = useDeadKeys(approval.digest)
  const pending = approval.state === 'pending'
  const mine = ownDecision(approval, me.id)
  const open = pending && mine === undefined
  const changed = before ? changedArguments(before.arguments, approval.arguments) : []
  useFormGone(approval.digest, () => setForm(null))
  useKeys(open && !dead ? { e: () => setForm('edit') } : {})
  useKeys(open && !dead ? { r: () => setForm('refuse') } : {}, card)
  useKeys(form === null ? {} : { Escape: () => setForm(null) }, card)
  const title = `title-${approval.id}`
  return (
    <article className={`ask ${approval.state}`} aria-labelledby={title} ref={card} data-digest={approval.digest}>
      <header>
        <Icon name={approval.amount ? 'money' : 'tool'} />
        <span id={title}>{headline(approval)}</span>
        {pending && <TimeLeft deadline={approval.expires_at} from={approval.requested_at} />}
      </header>
      <p className="effect" dir="auto">
        <Stressed text={approval.text} words={stressedIn(approval)} />
      </p>
      {approval.consequence && (
        <p className="after" dir="auto">
          {approval.consequence}
        </p>
      )}
      {changed.length > 0 && (
        <p className="changed" role="status">
          Edited: <mark>{changed.map((name) => change(name, before, approval)).join('; ')}</mark>
        </p>
      )}
      <Deciders approval={approval} me={me.id} role={me.role} />
      {open && form === null && <Acts approval={approval} dead={dead} card={card} open={setForm} />}
      {open && form === 'edit' && <EditForm approval={approval} done={() => setForm(null)} />}
      {open && form === 'refuse' && <RefuseForm approval={approval} done={() => setForm(null)} />}
      {pending && mine && (
        <p className="after">You approved it at {clockTime(mine.at)}. It waits for one more person.</p>
      )}
      <ExactCall approval={approval} />
    </article>
  )
}

type Acting = { approval: Approval; dead: boolean; card: RefObject<HTMLElement | null>; open: (form: Form) => void }

function Acts({ approval, dead, card, open }: Acting) {
  const { commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const button = useRef<HTMLButtonElement>(null)
  useKeys(dead ? {} : { a: () => button.current?.focus() })
  const amount = approval.amount ? ` ${money(approval.amount.cents, approval.amount.currency)}` : ''
  const approve = async () => {
    if (dead || !online) return
    if (await run(() => commands.decide(approval, { decision: 'approve' }))) focusNextApproval(card.current)
  }
  return (
    <>
      <div className="acts">
        <button
          type="button"
          ref={button}
          className="btn main"
          disabled={!online}
          aria-disabled={dead}
          aria-busy={busy}
          onClick={() => void approve()}
        >
          <Icon name="check" />
          {busy ? 'Approving' : 'Approve'}
          {amount} <kbd aria-hidden="true">A</kbd>
        </button>
        <button type="button" className="btn" disabled={!online || dead} onClick={() => open('edit')}>
          <Icon name="edit" />
          Edit <kbd aria-hidden="true">E</kbd>
        </button>
        <button type="button" className="btn no" disabled={!online || dead} onClick={() => open('refuse')}>
          <Icon name="x" />
          Refuse… <kbd aria-hidden="true">R</kbd>
        </button>
      </div>
      <Refusal problem={problem} />
    </>
  )
}

/** After a decision the focus goes on to the next one. */
function focusNextApproval(card: HTMLElement | null): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('.ask.pending .btn.main')]
  const next = buttons.find((button) => !card?.contains(button))
  if (next) next.focus()
  else card?.closest<HTMLElement>('.scroll')?.focus()
}

function useFormGone(digest: string, forget: () => void): void {
  const seen = useRef(digest)
  const latest = useRef(forget)
  useEffect(() => {
    latest.current = forget
  })
  useEffect(() => {
    if (seen.current !== digest) latest.current()
    seen.current = digest
  }, [digest])
}

function change(name: string, before: Approval | null, after: Approval): string {
  const shown = (value: unknown) =>
    name.endsWith('_cents') && typeof value === 'number'
      ? money(value, currencyOf(after))
      : JSON.stringify(value ?? null)
  const label = name.replace(/_cents$/, '').replaceAll('_', ' ')
  return `${label} was ${shown(before?.arguments[name])}, now ${shown(after.arguments[name])}`
}

/** What one looks for first: the amount and for whom. */
const stressedIn = ({ amount, customer }: Approval): string[] => [
  ...(amount ? [money(amount.cents, amount.currency)] : []),
  ...(customer?.name ? [customer.name] : []),
]

const currencyOf = ({ amount, arguments: given }: Approval): string => {
  const { currency } = given
  return amount?.currency ?? (typeof currency === 'string' ? currency : 'USD')
}
