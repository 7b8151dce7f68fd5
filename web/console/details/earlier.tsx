import { useEffect, useState } from 'react'
import type { Page, Workspace } from '../../shared/desk-types.ts'
import { Link } from '../parts/link.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { pathOf } from '../router.ts'
import type { QueueRow } from '../queue/queue-types.ts'
import { useSession } from '../session.ts'

/** Other conversations of the customer that are not closed. */
export function Earlier({ customer, except }: { customer: Workspace['customer']; except: string }) {
  const { api } = useSession()
  const [rows, setRows] = useState<QueueRow[] | null>(null)
  const others = customer.open > 1 || (customer.open === 1 && customer.conversations > 1)
  useEffect(() => {
    if (!others) return
    const left = new AbortController()
    api.get<Page<QueueRow>>('/v1/queue', { view: 'all', q: customer.id, limit: 10 }, left.signal).then(
      ({ data }) => setRows(data.filter((row) => row.customer.id === customer.id)),
      () => left.signal.aborted || setRows([]),
    )
    return () => left.abort()
  }, [api, customer.id, others])
  if (!others) return null
  const shown = rows?.filter((row) => row.conversation_id !== except)
  return (
    <section aria-labelledby="earlier">
      <h2 id="earlier">Other open conversations</h2>
      {!shown && <Skeleton rows={2} label="Loading other conversations" />}
      {shown?.length === 0 && <p className="quiet small">None.</p>}
      <ul className="earlier">
        {shown?.map((row) => (
          <li key={row.conversation_id}>
            <Link
              className="cut"
              href={pathOf({ page: 'desk', view: 'all', conversation: row.conversation_id })}
              dir="auto"
            >
              {row.subject || row.conversation_id}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
