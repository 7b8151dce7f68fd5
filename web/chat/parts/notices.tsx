// Bars under the header: what is wrong with the connection or the sign-in, what still works, and what to do.
import type { ChatView } from '../session/view.ts'
import type { Words } from '../words/words.ts'
import { useLasting, useOnline } from './hooks.ts'
import { Icon } from './icon.tsx'

export function Notices({ view, words, anew }: { view: ChatView; words: Words; anew: () => void }) {
  const online = useOnline()
  const broken = useLasting(view.connection === 'connecting' || view.connection === 'waiting', 2000)
  const stuck = useLasting(view.unsent.some(({ refused }) => refused === undefined) && view.sending === undefined, 1000)
  const text = noticeOf({ view, words, online, broken, stuck })
  return (
    <div role="status">
      {text !== undefined && (
        <p class="bar">
          <Icon name="offline" />
          <span>{text}</span>
          {view.ended === 'gone' && (
            <button type="button" class="as-link" onClick={anew}>
              {words.anew}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

type Seen = { view: ChatView; words: Words; online: boolean; broken: boolean; stuck: boolean }

function noticeOf({ view, words, online, broken, stuck }: Seen): string | undefined {
  if (view.ended === 'signed_out') return words.signedOut
  if (view.ended === 'gone') return words.goneOn
  if (!online || stuck) return words.offline
  if (view.pause !== undefined) return view.pause > 120 ? words.hourlyLimit : words.busy(view.pause)
  if (broken) return words.reconnecting
  return view.problem ? words.failed : undefined
}
