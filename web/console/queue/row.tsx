import { Link } from '../parts/link.tsx'
import { TimeLeft } from '../parts/time-left.tsx'
import { Who } from '../parts/who.tsx'
import { alertWords, plain, reasonWords } from '../parts/words.ts'
import { pathOf, type View } from '../router.ts'
import { useSession } from '../session.ts'
import type { QueueRow } from './queue-types.ts'

export type RowPlace = { view: View; position: number; size: number; current: boolean; stop: boolean; gone: boolean }

/** One who waits: who, how long still, what about, and why a person is needed. */
export function Row({ row, place }: { row: QueueRow; place: RowPlace }) {
  const { customer, intent } = row
  const { me } = useSession()
  const name = customer.name ?? customer.id
  return (
    <li aria-setsize={place.size} aria-posinset={place.position}>
      <Link
        className={place.gone ? 'row gone' : 'row'}
        href={pathOf({ page: 'desk', view: place.view, conversation: row.conversation_id })}
        aria-current={place.current ? 'true' : undefined}
        tabIndex={place.stop ? 0 : -1}
        data-key={row.key}
      >
        <Who kind="customer" name={name} />
        <span className="row-body">
          <span className="l1">
            <b className="cut" dir="auto">
              {name}
            </b>
            {customer.tier !== null && <span className="tier">{customer.tier}</span>}
            {row.deadline_at !== null && !place.gone && <TimeLeft deadline={row.deadline_at} from={row.offered_at} />}
          </span>
          <span className="l2 cut" dir="auto">
            {row.approval_text ?? row.subject ?? ''}
          </span>
          <span className="l3">
            <RowTag row={row} />
            {intent !== null && <span className="cut">{intent}</span>}
            <span className="end cut">{place.gone ? 'no longer here' : holder(row, me.id)}</span>
          </span>
        </span>
      </Link>
    </li>
  )
}

function RowTag({ row }: { row: QueueRow }) {
  const { words, tone } = tagOf(row)
  return <span className={`tag ${tone}`}>{words}</span>
}

function tagOf({ alert_kind, approval_id, reason, status }: QueueRow) {
  if (alert_kind !== null) return alertWords(alert_kind)
  if (approval_id !== null) return { words: 'Approval', tone: 'brass' }
  if (reason !== null) return reasonWords(reason)
  return { words: plain(status), tone: '' }
}

function holder({ floor_owner, assigned_to, team, state }: QueueRow, me: string): string {
  if (floor_owner) return `with ${floor_owner.name}`
  if (assigned_to) return `for ${assigned_to.id === me ? 'you' : assigned_to.name}`
  if (team !== null) return `for ${team}`
  return state === 'seen' ? 'seen' : ''
}
