// What was said and what happened, with the rail of the floor beside it. New entries are announced once they are complete.
import { Fragment } from 'react'
import { dayOf } from '../../shared/times.ts'
import { ApprovalCard } from '../approval/approval-card.tsx'
import { RulingCard } from '../approval/ruling-card.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { Who } from '../parts/who.tsx'
import { usePart, useWatched } from '../use-watched.ts'
import { useConversation } from './conversation-context.ts'
import { entriesOf, type Entry } from './entries.ts'
import { LiveWords } from './live-words.tsx'
import { EntryLine, MessageEntry, Speaker } from './message-entry.tsx'
import { useBottom } from './use-bottom.ts'

export function Transcript() {
  const { workspace, messages, customerName, store } = useConversation()
  const entries = entriesOf(messages, workspace)
  const { scroll, below, toBottom, onScroll } = useBottom(entries.length, store.live.onPiece)
  useKeys({ o: () => foldTools(scroll.current) })
  return (
    <div className="scroll-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by key */}
      <div className="scroll" ref={scroll} onScroll={onScroll} tabIndex={0} role="region" aria-label="Transcript">
        <div className="log" role="log" aria-label={`Conversation with ${customerName}`}>
          {entries.map((entry, index) => {
            const day = dayOf(entry.at)
            const before = entries[index - 1]
            return (
              <Fragment key={entry.key}>
                {(!before || dayOf(before.at) !== day) && <p className="day">{day}</p>}
                <EntryOf entry={entry} />
              </Fragment>
            )
          })}
        </div>
        <BeingWritten />
      </div>
      {below > 0 && (
        <button type="button" className="btn below" onClick={toBottom}>
          {below} new below
        </button>
      )}
    </div>
  )
}

function EntryOf({ entry }: { entry: Entry }) {
  const { workspace, customerName } = useConversation()
  const { at, from, to } = entry
  switch (entry.kind) {
    case 'message':
      return (
        <MessageEntry
          message={entry.message}
          at={at}
          from={from}
          to={to}
          customerName={customerName}
          turn={workspace.turns.find(({ reply_message_id }) => reply_message_id === entry.message.id)}
          thumb={workspace.feedback.find(({ message_id }) => message_id === entry.message.id)}
        />
      )
    case 'event':
      return (
        <EntryLine frame={{ at, from, to }} kind="system" who={<Who kind="system" />}>
          <b dir="auto">{entry.step.text}</b>
        </EntryLine>
      )
    case 'approval':
      return (
        <EntryLine
          frame={{ at, from, to }}
          kind="asks"
          who={<Who kind={entry.approval.state === 'pending' ? 'waits' : 'system'} />}
        >
          <ApprovalCard approval={entry.approval} before={entry.before} />
        </EntryLine>
      )
    case 'ruling':
      return (
        <EntryLine frame={{ at, from, to }} kind="asks" who={<Who kind="waits" />}>
          <RulingCard effect={entry.effect} />
        </EntryLine>
      )
  }
}

/** Outside of the log, so that nobody hears it piece by piece. */
function BeingWritten() {
  const { store, workspace } = useConversation()
  const ids = useWatched(store.live.ids)
  const tool = usePart(store.state, (state) => state.tool)
  const turn = workspace.turns.findLast(({ state }) => state === 'open')
  const frame = { at: turn?.started_at ?? workspace.conversation.updated_at, from: 'ai', to: 'ai' } as const
  if (ids.length === 0 && tool === null) return null
  return (
    <div className="log writing">
      <EntryLine frame={frame} kind="ai" who={<Who kind="ai" />}>
        <Speaker name="Assistant" is={ids.length > 0 ? 'AI, writing' : `AI, asking ${tool}`} />
        {ids.map((id) => (
          <LiveWords key={id} live={store.live} id={id} />
        ))}
      </EntryLine>
    </div>
  )
}

function foldTools(within: HTMLElement | null): void {
  const folds = [...(within?.querySelectorAll<HTMLDetailsElement>('details.tools') ?? [])]
  const open = folds.every((fold) => !fold.open)
  for (const fold of folds) fold.open = open
}
