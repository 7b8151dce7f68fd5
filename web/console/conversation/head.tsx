// What the conversation is about, who has the floor, and what can be done with it.
import { useState } from 'react'
import { useKeys } from '../keys/use-keys.ts'
import { TimeLeft } from '../parts/time-left.tsx'
import { plain } from '../parts/words.ts'
import { Actions } from './actions.tsx'
import { useConversation } from './conversation-context.ts'
import { FloorLine } from './floor-line.tsx'
import { HandBackForm } from './hand-back-form.tsx'
import { TransferForm } from './transfer-form.tsx'

export type Panel = 'transfer' | 'hand-back' | null

export function Head() {
  const { workspace, messages, customerName, part } = useConversation()
  const [panel, setPanel] = useState<Panel>(null)
  useKeys(panel === null ? {} : { Escape: () => setPanel(null) })
  const { conversation, next } = workspace
  const about = part.handoff?.brief.wants || messages.find(({ role }) => role === 'customer')?.text || customerName
  const facts = [
    conversation.channel,
    conversation.ticket_id === undefined ? '' : `ticket ${conversation.ticket_id}`,
    conversation.status === 'open' ? '' : conversation.closing ? 'closes after this turn' : plain(conversation.status),
  ].filter(Boolean)
  const promised = next?.kind === 'handoff' ? part.handoff : null
  return (
    <div className="head">
      <div className="line">
        <div className="about">
          <h1 className="cut" dir="auto" title={about}>
            {about}
          </h1>
          <p className="what">
            <bdi>{customerName}</bdi>
            {facts.map((fact) => (
              <span key={fact}>
                <span className="quiet">· </span>
                {fact}
              </span>
            ))}
            {promised && (
              <TimeLeft deadline={promised.deadline_at} from={promised.offered_at} to="to the promised answer" />
            )}
          </p>
        </div>
        <Actions panel={panel} setPanel={setPanel} />
      </div>
      {panel === 'transfer' && <TransferForm done={() => setPanel(null)} />}
      {panel === 'hand-back' && <HandBackForm done={() => setPanel(null)} />}
      <FloorLine />
    </div>
  )
}
