// Where the customer writes. Enter sends, Shift and Enter breaks the line; the limit is told before anything is sent.
import type { Ref } from 'preact'
import type { Words } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** As the API counts: code points. */
const LONGEST = 5000
const TOLD_FROM = 4000

export type ComposerProps = {
  text: string
  setText: (text: string) => void
  send: (text: string) => void
  placeholder: string
  words: Words
  field: Ref<HTMLTextAreaElement>
}

export function Composer({ text, setText, send, placeholder, words, field }: ComposerProps) {
  const length = Array.from(text).length
  const over = length - LONGEST
  const canSend = text.trim() !== '' && over <= 0
  const submit = () => {
    if (!canSend) return
    send(text.trim())
    setText('')
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={placeholder}
          aria-label={words.yourMessage}
          aria-describedby="everdesk-limit"
          aria-invalid={over > 0}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method is composing, Enter chooses a word.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            submit()
          }}
        />
        <button class="btn main icon" type="submit" aria-label={words.send} aria-disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
      <p id="everdesk-limit" class={over > 0 ? 'limit over' : 'limit'} role="status">
        {over > 0 ? words.over(over) : length > TOLD_FROM ? words.left(-over) : ''}
      </p>
    </form>
  )
}
