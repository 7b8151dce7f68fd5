// What the customer typed and the desk has not confirmed: outlined, with a clock; with the reason when it will not be taken.
import type { Unsent } from '../conversation/outbox.ts'
import type { Words } from '../words/words.ts'
import { Icon } from './icon.tsx'

export function UnsentItem(props: {
  unsent: Unsent
  sending: boolean
  words: Words
  change: () => void
  drop: () => void
}) {
  const { unsent, sending, words, change, drop } = props
  return (
    <li class="turn-c">
      <span class="vh">{words.you}: </span>
      <p class="bub unsent" dir="auto">
        {unsent.text}
      </p>
      {unsent.refused === undefined ? (
        <small>
          <Icon name="clock" />
          {sending ? words.sending : words.notSent}
        </small>
      ) : (
        <small class="refused">
          <span dir="auto">{unsent.refused}</span>
          <button type="button" class="as-link" onClick={change}>
            {words.change}
          </button>
          <button type="button" class="as-link" onClick={drop}>
            {words.drop}
          </button>
        </small>
      )}
    </li>
  )
}
