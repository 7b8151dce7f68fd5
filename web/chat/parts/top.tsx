// Who answers just now, drawn as the look draws the floor: dashed is the machine, filled is a person.
import { initials } from '../../shared/initials.ts'
import type { ChatView } from '../session/view.ts'
import type { Words } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** What the page around the chat offers. */
export type Frame = {
  /** `h1` when the chat is the page. */
  heading: 'h1' | 'h2'
  makeSmall?: (() => void) | undefined
  signIn?: { address?: string | undefined; begin?: (() => void) | undefined } | undefined
  signOut?: (() => void) | undefined
}

export function Top({
  view,
  words,
  frame,
  end,
}: {
  view: ChatView
  words: Words
  frame: Frame
  end: (() => void) | undefined
}) {
  const { floor, person } = view.transcript
  const Heading = frame.heading
  const [title, line] =
    floor === 'ai'
      ? [words.assistant, words.aiHasIt]
      : person
        ? [person.name, words.personHasIt]
        : [words.aPerson, words.personComes]
  return (
    <header class="chat-top">
      <span class={`who big ${floor === 'ai' ? 'ai' : 'person'}`} aria-hidden="true">
        {floor === 'ai' ? words.ai : person ? initials(person.name) : <Icon name="person" />}
      </span>
      <div>
        <Heading class="top-name" dir="auto">
          {title}
        </Heading>
        <p role="status">{line}</p>
      </div>
      <SignIn view={view} words={words} frame={frame} />
      {frame.makeSmall && (
        <button
          type="button"
          class="btn bare icon"
          aria-label={words.small}
          title={words.small}
          onClick={frame.makeSmall}
        >
          <Icon name="min" />
        </button>
      )}
      {end && (
        <button type="button" class="btn bare icon" aria-label={words.end} title={words.end} onClick={end}>
          <Icon name="x" />
        </button>
      )}
    </header>
  )
}

function SignIn({ view, words, frame }: { view: ChatView; words: Words; frame: Frame }) {
  if (!view.guest && frame.signOut) {
    return (
      <button type="button" class="btn bare" onClick={frame.signOut}>
        {words.signOut}
      </button>
    )
  }
  if (!(view.guest || view.ended === 'signed_out') || !frame.signIn) return null
  const { address, begin } = frame.signIn
  return address === undefined ? (
    <button type="button" class="btn" onClick={begin}>
      {words.signIn}
    </button>
  ) : (
    <a class="btn" href={address}>
      {words.signIn}
    </a>
  )
}
