// What the AI said: its tools in words, the text with its sources, and what the customer thinks of it.
import { useState } from 'preact/hooks'
import type { Citation, Entry, ToolRun } from '../conversation/entries.ts'
import { addressOf, citedPieces, linkedPieces, withoutMarks } from '../conversation/text-pieces.ts'
import type { Rating } from '../session/view.ts'
import { toolWords } from '../words/tool-words.ts'
import type { Words } from '../words/words.ts'
import { Icon } from './icon.tsx'
import { Outward, SpokenText } from './spoken-text.tsx'

type Said = Extract<Entry, { kind: 'ai' }>

export function AiTurn(props: {
  said: Said
  words: Words
  rating: Rating | undefined
  rate: (rating: Rating) => void
}) {
  const { said, words, rating, rate } = props
  const [shown, show] = useState<number>()
  return (
    <li class="turn-d">
      <AiHead words={words} />
      <Tools runs={said.tools} words={words} />
      <p class="talk" dir="auto">
        <SpokenText pieces={citedPieces(said.text, said.citations)} words={words} open={show} />
      </p>
      <Sources citations={said.citations} shown={shown} show={show} />
      <div class="rate" role="group" aria-label={words.wasHelpful}>
        <Thumb kind="up" label={words.helpful} rating={rating} rate={rate} />
        <Thumb kind="down" label={words.notHelpful} rating={rating} rate={rate} />
        <span role="status">{rating ? words.thanks : ''}</span>
      </div>
    </li>
  )
}

/** The turn that runs: what it does, and its reply as far as it is written. Announced when it is whole. */
export function RunningTurn({ tools, draft, words }: { tools: readonly ToolRun[]; draft: string; words: Words }) {
  return (
    <li class="turn-d running">
      <AiHead words={words} doing={words.writing} />
      <Tools runs={tools} words={words} />
      <p class="talk" dir="auto">
        <SpokenText pieces={linkedPieces(withoutMarks(draft))} words={words} />
        <span class="caret" />
      </p>
    </li>
  )
}

export function AiHead({ words, doing }: { words: Words; doing?: string }) {
  return (
    <>
      <span class="who ai" aria-hidden="true">
        {words.ai}
      </span>
      <p class="said">
        <b>{words.assistant}</b>
        <span class="role">{doing ? `${words.ai}, ${doing}` : words.ai}</span>
      </p>
    </>
  )
}

function Tools({ runs, words }: { runs: readonly ToolRun[]; words: Words }) {
  const lines = runs.flatMap((run) => {
    const text = toolWords(run, words)
    return text === undefined ? [] : [{ text, done: run.outcome === 'ok' }]
  })
  // The same thing done twice is told once.
  const told = lines.filter((line, index) => lines.findIndex(({ text }) => text === line.text) === index)
  return (
    <>
      {told.map(({ text, done }) => (
        <span class="act" key={text}>
          <Icon name={done ? 'check' : 'tool'} />
          {text}
        </span>
      ))}
    </>
  )
}

function Sources(props: {
  citations: Citation[]
  shown: number | undefined
  show: (number: number | undefined) => void
}) {
  const { citations, shown, show } = props
  if (citations.length === 0) return null
  return (
    <ol class="sources">
      {citations.map((citation, index) => {
        const number = index + 1
        const address = addressOf(citation)
        const open = shown === number
        return (
          <li key={number}>
            <Icon name="source" />
            {address === undefined ? (
              <button type="button" class="source" aria-expanded={open} onClick={() => show(open ? undefined : number)}>
                {number}. {citation.title}
              </button>
            ) : (
              <Outward address={address}>
                {number}. {citation.title}
              </Outward>
            )}
            {open && (
              <p class="passage" dir="auto">
                {citation.passage}
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Thumb(props: { kind: Rating; label: string; rating: Rating | undefined; rate: (rating: Rating) => void }) {
  const { kind, label, rating, rate } = props
  return (
    <button type="button" aria-pressed={rating === kind} aria-label={label} title={label} onClick={() => rate(kind)}>
      <Icon name={kind} />
    </button>
  )
}
