// Beside the conversation: who the customer is, what the handoff says, how it was answered, and what happened when.
import { useConversation } from '../conversation/conversation-context.ts'
import { CompanyCard } from './company-card.tsx'
import { CustomerCard } from './customer-card.tsx'
import { Earlier } from './earlier.tsx'
import { HowAnswered } from './how-answered.tsx'
import { InShort } from './in-short.tsx'
import { Timeline } from './timeline.tsx'

export function Details() {
  const { store, workspace, part } = useConversation()
  const handoff = part.handoff ?? workspace.handoffs.at(-1)
  return (
    <>
      <CustomerCard />
      {/* What was read of one customer never stands beside another. */}
      <CompanyCard key={store.id} />
      {handoff && <InShort brief={handoff.brief} />}
      <HowAnswered turns={workspace.turns} cost={workspace.conversation.cost_usd} desk={workspace.conversation.desk} />
      <Timeline timeline={workspace.timeline} next={workspace.next} since={workspace.conversation.created_at} />
      <Earlier customer={workspace.customer} except={workspace.conversation.id} />
    </>
  )
}
