import { dayOf } from '../../shared/times.ts'
import { useConversation } from '../conversation/conversation-context.ts'
import { detailsShown } from '../layout.ts'
import { Icon } from '../parts/icon.tsx'
import { Who } from '../parts/who.tsx'

export function CustomerCard() {
  const { workspace, customerName } = useConversation()
  const { customer, conversation, rating } = workspace
  return (
    <section aria-label="Customer">
      <div className="card">
        <Who kind="customer" name={customerName} big />
        <div>
          <b dir="auto">{customerName}</b>
          <span className="soft cardsub">{customer.tier ?? 'no tier'}</span>
        </div>
        <button
          type="button"
          className="btn bare icon close-details"
          aria-label="Close details"
          onClick={() => detailsShown.set(false)}
        >
          <Icon name="x" />
        </button>
      </div>
      <dl className="kv">
        <dt>Customer</dt>
        <dd className="mono">{customer.id}</dd>
        <dt>Since</dt>
        <dd>{dayOf(customer.since)}</dd>
        <dt>Writes by</dt>
        <dd>{conversation.channel}</dd>
        <dt>Conversations</dt>
        <dd>
          {customer.conversations}, {customer.open} open
        </dd>
        {rating && (
          <>
            <dt>Rated</dt>
            <dd>
              {rating.score} of 5{rating.comment && <bdi>: {rating.comment}</bdi>}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
