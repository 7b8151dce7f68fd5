// A button in the corner of the page, and the panel it opens.
import { useEffect, useRef } from 'preact/hooks'
import type { Watched } from '../../shared/watched.ts'
import { useWatched } from '../parts/hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Panel } from '../parts/panel.tsx'
import type { Chat } from '../session/chat.ts'
import { unreadIn } from '../session/view.ts'
import type { Words } from '../words/words.ts'

type Props = { chat: Chat; open: Watched<boolean>; words: Words; locale: string; signIn: string | undefined }

export function Corner({ chat, open, words, locale, signIn }: Props) {
  const isOpen = useWatched(open)
  const unread = unreadIn(useWatched(chat.view))
  const button = useRef<HTMLButtonElement>(null)
  const wasOpenRef = useRef(isOpen)
  useEffect(() => {
    if (wasOpenRef.current && !isOpen) button.current?.focus()
    wasOpenRef.current = isOpen
  }, [isOpen])
  if (!isOpen) {
    return (
      <button type="button" class="btn main launcher" ref={button} aria-expanded={false} onClick={() => open.set(true)}>
        <Icon name="edit" />
        {words.open}
        {unread > 0 && <span class="unread">{words.openNew(unread)}</span>}
      </button>
    )
  }
  const makeSmall = () => open.set(false)
  const frame = { heading: 'h2', makeSmall, signIn: signIn === undefined ? undefined : { address: signIn } } as const
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div class="corner" onKeyDown={(event) => (event.key === 'Escape' ? makeSmall() : undefined)}>
      <Panel chat={chat} words={words} locale={locale} frame={frame} />
    </div>
  )
}
