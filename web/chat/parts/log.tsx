// The transcript. Who is at its bottom stays there; who reads further up is told that more came, and is never moved.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Chat } from '../session/chat.ts'
import type { ChatView } from '../session/view.ts'
import type { Words } from '../words/words.ts'
import { AiHead, RunningTurn } from './ai-turn.tsx'
import { EntryView } from './entry-view.tsx'
import { useLasting, useOnline } from './hooks.ts'
import { UnsentItem } from './unsent-list.tsx'

/** Pixels from the end that still count as the end. */
const NEAR = 40

type Props = { chat: Chat; view: ChatView; words: Words; locale: string; takeBack: (text: string) => void }

export function Log({ chat, view, words, locale, takeBack }: Props) {
  const { transcript } = view
  const log = useRef<HTMLDivElement>(null)
  const [away, setAway] = useState<number>()
  const online = useOnline()
  const said = transcript.entries.length
  const waits = useLasting(view.loading && said === 0, 150)
  const rate = useRef((messageId: string, rating: 'up' | 'down') => void chat.rate(messageId, rating)).current
  const stored = new Set(transcript.entries.map(({ id }) => id))
  const unsent = view.unsent.filter(({ id }) => !stored.has(id))
  const toEnd = () => log.current?.scrollTo({ top: 0 })
  // One's own word is always shown.
  useEffect(toEnd, [unsent.length])

  // The list is laid out from its end, so that end is 0 and further up is less.
  const onScroll = () => {
    const up = (log.current?.scrollTop ?? 0) < -NEAR
    setAway((was) => (up ? (was ?? said) : undefined))
  }
  const newBelow = away === undefined ? 0 : said - away
  const busy = transcript.turn?.draft !== undefined || view.loading
  return (
    <div class="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div
        class="chat-log"
        ref={log}
        onScroll={onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="log"
        aria-label={words.messages}
        aria-busy={busy}
      >
        <ol>
          <li class="turn-d">
            <AiHead words={words} />
            <p class="talk" dir="auto">
              {view.name === undefined ? words.hello : words.helloName(view.name)}
            </p>
          </li>
          {waits && <Loading words={words} />}
          {transcript.entries.map((entry) => (
            <EntryView
              key={`${entry.kind}/${entry.id}`}
              entry={entry}
              words={words}
              locale={locale}
              rating={view.ratings[entry.id]}
              rate={rate}
            />
          ))}
          {transcript.turn && (
            <RunningTurn tools={transcript.turn.tools} draft={transcript.turn.draft?.text ?? ''} words={words} />
          )}
          {unsent.map((each) => (
            <UnsentItem
              key={each.id}
              unsent={each}
              sending={online && view.sending === each.id}
              words={words}
              change={() => takeBack(chat.takeBack(each.id))}
              drop={() => void chat.takeBack(each.id)}
            />
          ))}
        </ol>
      </div>
      {newBelow > 0 && (
        <button type="button" class="btn new-below" onClick={toEnd}>
          {words.newBelow(newBelow)}
        </button>
      )}
    </div>
  )
}

function Loading({ words }: { words: Words }) {
  return (
    <li class="turn-d" aria-busy="true">
      <span class="vh">{words.loading}</span>
      <span class="talk bars">
        <span class="skel" />
        <span class="skel" />
      </span>
    </li>
  )
}
