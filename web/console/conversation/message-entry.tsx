import { memo, type ReactNode } from 'react'
import type { Message, Turn, Workspace } from '../../shared/desk-types.ts'
import { clockTime } from '../../shared/times.ts'
import { Icon } from '../parts/icon.tsx'
import { Who } from '../parts/who.tsx'
import { CitedWords } from './cited-words.tsx'
import type { Floor } from './floor.ts'
import { Sources } from './sources.tsx'
import { ToolCalls } from './tool-calls.tsx'

export type EntryFrame = { at: string; from: Floor; to: Floor }

/** The frame of everything in the transcript: when, who by shape on the rail of the floor, and what. */
export function EntryLine({
  frame,
  kind,
  who,
  children,
}: {
  frame: EntryFrame
  kind: string
  who: ReactNode
  children: ReactNode
}) {
  return (
    <div className={`entry ${kind}`} data-from={frame.from} data-to={frame.to}>
      <time dateTime={frame.at}>{clockTime(frame.at)}</time>
      <div className="rail">{who}</div>
      <div className="body">{children}</div>
    </div>
  )
}

type Said = EntryFrame & {
  message: Message
  customerName: string
  turn: Turn | undefined
  thumb: Workspace['feedback'][number] | undefined
}

/** What was said does not change; it renders again only when what is shown beside it does. */
const isSame = (a: Said, b: Said): boolean =>
  a.message === b.message &&
  a.customerName === b.customerName &&
  a.from === b.from &&
  a.to === b.to &&
  a.turn?.state === b.turn?.state &&
  a.turn?.calls.length === b.turn?.calls.length &&
  a.thumb?.rating === b.thumb?.rating &&
  a.thumb?.comment === b.thumb?.comment

/** Something that was said: by the customer, the AI, a person, the system, or a person to colleagues. */
export const MessageEntry = memo(function MessageEntry(said: Said) {
  const { message, customerName, turn, thumb, at, from, to } = said
  const frame = { at, from, to }
  switch (message.role) {
    case 'customer':
      return (
        <EntryLine frame={frame} kind="customer" who={<Who kind="customer" name={customerName} />}>
          <Speaker name={customerName} is="customer" />
          <p className="words" dir="auto">
            {message.text}
          </p>
        </EntryLine>
      )
    case 'ai':
      return (
        <EntryLine frame={frame} kind="ai" who={<Who kind="ai" />}>
          <Speaker name="Assistant" is={turn?.specialist ? `AI, ${turn.specialist} specialist` : 'AI'} />
          <ToolCalls calls={turn?.calls ?? []} />
          <CitedWords text={message.text} citations={message.citations} />
          <Sources citations={message.citations} />
          {thumb && <Thumb thumb={thumb} />}
        </EntryLine>
      )
    case 'human':
      return (
        <EntryLine frame={frame} kind="person" who={<Who kind="person" name={message.author?.name ?? ''} />}>
          <Speaker name={message.author?.name ?? 'A person'} is="person" />
          <p className="words" dir="auto">
            {message.text}
          </p>
        </EntryLine>
      )
    case 'note':
      return (
        <EntryLine frame={frame} kind="person" who={<Who kind="person" name={message.author?.name ?? ''} />}>
          <div className="note">
            <p className="said">
              <Icon name="lock" />
              <b>Internal note</b>
              <span className="role">
                <bdi>{message.author?.name}</bdi>, never shown to the customer
              </span>
            </p>
            <p className="words" dir="auto">
              {message.text}
            </p>
          </div>
        </EntryLine>
      )
    case 'system':
      return (
        <EntryLine frame={frame} kind="system" who={<Who kind="system" />}>
          <b>
            Told <bdi>{customerName}</bdi>:
          </b>{' '}
          <span dir="auto">{message.text}</span>
        </EntryLine>
      )
  }
}, isSame)

export function Speaker({ name, is }: { name: string; is: string }) {
  return (
    <p className="said">
      <b dir="auto">{name}</b>
      <span className="role">{is}</span>
    </p>
  )
}

function Thumb({ thumb: { rating, comment } }: { thumb: Workspace['feedback'][number] }) {
  return (
    <p className="foot">
      <span className="thumb">
        <Icon name={rating} /> thumb {rating}
        {comment && (
          <>
            : <bdi>{comment}</bdi>
          </>
        )}
      </span>
    </p>
  )
}
