// The chat, on a page of its own or in the widget.
import { useEffect, useRef, useState } from 'preact/hooks'
import { keptForTab } from '../../shared/kept.ts'
import type { Chat } from '../session/chat.ts'
import type { ChatView } from '../session/view.ts'
import type { Words } from '../words/words.ts'
import { Composer } from './composer.tsx'
import { useWatched } from './hooks.ts'
import { Log } from './log.tsx'
import { Notices } from './notices.tsx'
import { RatingForm } from './rating-form.tsx'
import { moment } from './times.ts'
import { type Frame, Top } from './top.tsx'

const DRAFT = 'draft'

export function Panel({ chat, words, locale, frame }: { chat: Chat; words: Words; locale: string; frame: Frame }) {
  const view = useWatched(chat.view)
  const [text, setText] = useState(() => keptForTab.read<string>(DRAFT) ?? '')
  const [ending, setEnding] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const { status, floor, person } = view.transcript
  const closed = status === 'closed'
  const write = (next: string) => {
    setText(next)
    if (next === '') keptForTab.forget(DRAFT)
    else keptForTab.write(DRAFT, next)
  }
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (!document.hidden) chat.markSeen()
  })
  const placeholder =
    floor === 'human' && person ? words.writeTo(person.name.split(' ')[0] ?? person.name) : words.write
  const canEnd = view.conversation !== undefined && !closed && !view.closing && view.ended === undefined
  return (
    <section class="chat" aria-label={words.title}>
      <Top view={view} words={words} frame={frame} end={canEnd ? () => setEnding(true) : undefined} />
      <Notices view={view} words={words} anew={chat.startAnew} />
      <Log
        chat={chat}
        view={view}
        words={words}
        locale={locale}
        takeBack={(taken) => {
          write(taken)
          field.current?.focus()
        }}
      />
      <div class="chat-write">
        <NextLine view={view} words={words} locale={locale} />
        {ending && canEnd && (
          <EndQuestion
            words={words}
            answer={(yes) => {
              setEnding(false)
              if (yes) void chat.close()
              field.current?.focus()
            }}
          />
        )}
        {closed && !view.rated && (
          <RatingForm words={words} rate={(...rating) => void chat.rateConversation(...rating)} />
        )}
        {closed && (
          <p class="closed-foot">
            <span role="status">{view.rated ? words.rated : ''}</span>
            <button type="button" class="as-link" onClick={chat.startAnew}>
              {words.anew}
            </button>
          </p>
        )}
        <Composer text={text} setText={write} send={chat.send} placeholder={placeholder} words={words} field={field} />
        <p class="chat-foot">
          <span>{words.cards}</span>
          {floor === 'ai' && (
            <button type="button" class="as-link" onClick={() => chat.send(words.askPersonText)}>
              {words.askPerson}
            </button>
          )}
        </p>
      </div>
    </section>
  )
}

function EndQuestion({ words, answer }: { words: Words; answer: (yes: boolean) => void }) {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div class="end-question" role="group" aria-label={words.endAsk}>
      <span>{words.endAsk}</span>
      <button type="button" class="btn" onClick={() => answer(true)}>
        {words.endYes}
      </button>
      <button type="button" class="btn bare" ref={keep} onClick={() => answer(false)}>
        {words.endNo}
      </button>
    </div>
  )
}

/** The next deadline, in words: nothing here happens by surprise. */
function NextLine({ view, words, locale }: { view: ChatView; words: Words; locale: string }) {
  const { next, closing, transcript } = view
  if (closing && transcript.status !== 'closed') return <p class="next-line">{words.ended}</p>
  // The first of the quiet times is only a question of ours; it would hurry who is still reading.
  if (!next || next.kind === 'follow_up' || transcript.turn) return null
  const at = moment(next.at, locale)
  const text = {
    resolve: words.nextResolve,
    close: words.nextClose,
    handoff: words.nextHandoff,
    approval: words.nextApproval,
  }[next.kind](at)
  return <p class="next-line">{text}</p>
}
