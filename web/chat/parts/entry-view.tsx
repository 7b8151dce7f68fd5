// One entry of the transcript. Who speaks is told by shape and word, never by colour alone.
import { Component } from 'preact'
import { initials } from '../../shared/initials.ts'
import type { Entry } from '../conversation/entries.ts'
import { linkedPieces } from '../conversation/text-pieces.ts'
import type { Rating } from '../session/view.ts'
import type { Words } from '../words/words.ts'
import { AiTurn } from './ai-turn.tsx'
import { SpokenText } from './spoken-text.tsx'
import { clock, moment } from './times.ts'

type Props = {
  entry: Entry
  words: Words
  locale: string
  rating: Rating | undefined
  rate: (messageId: string, rating: Rating) => void
}

/** What is complete is rendered once, however long the reply below it streams. */
export class EntryView extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    return next.entry !== this.props.entry || next.rating !== this.props.rating || next.words !== this.props.words
  }

  override render({ entry, words, locale, rating, rate }: Props) {
    switch (entry.kind) {
      case 'customer':
        if (entry.text === undefined) return null
        return (
          <li class="turn-c">
            <span class="vh">{words.you}: </span>
            <p class="bub" dir="auto">
              {entry.text}
            </p>
          </li>
        )
      case 'ai':
        return <AiTurn said={entry} words={words} rating={rating} rate={(given) => rate(entry.id, given)} />
      case 'person':
        return <PersonTurn said={entry} words={words} locale={locale} />
      case 'system':
        return (
          <li class="turn-s" dir="auto">
            <SpokenText pieces={linkedPieces(entry.text)} words={words} />
          </li>
        )
      case 'floor': {
        const at = clock(entry.at, locale)
        const text = entry.to === 'ai' ? words.aiAgain(at) : words.tookOver(entry.name ?? words.aPerson, at)
        return (
          <li class={`turn-s line ${entry.to === 'ai' ? 'to-ai' : ''}`}>
            <span dir="auto">{text}</span>
          </li>
        )
      }
      case 'state':
        return <li class="turn-s">{words[entry.state](moment(entry.at, locale))}</li>
    }
  }
}

function PersonTurn(props: { said: Extract<Entry, { kind: 'person' }>; words: Words; locale: string }) {
  const { said, words, locale } = props
  const name = said.author?.name ?? words.aPerson
  return (
    <li class="turn-d person">
      <span class="who person" aria-hidden="true">
        {initials(name)}
      </span>
      <p class="said">
        <b dir="auto">{name}</b>
        <span class="role">
          {words.person}, {clock(said.at, locale)}
        </span>
      </p>
      <p class="talk" dir="auto">
        <SpokenText pieces={linkedPieces(said.text)} words={words} />
      </p>
    </li>
  )
}
