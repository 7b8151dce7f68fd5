// How was it? Asked once, when the conversation is closed.
import { useState } from 'preact/hooks'
import type { Words } from '../words/words.ts'

const SCORES = [1, 2, 3, 4, 5]

export function RatingForm({ words, rate }: { words: Words; rate: (score: number, comment: string) => void }) {
  const [score, setScore] = useState<number>()
  const [comment, setComment] = useState('')
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault()
        if (score !== undefined) rate(score, comment.trim())
      }}
    >
      <fieldset>
        <legend>{words.rateAsk}</legend>
        <div class="scores">
          {SCORES.map((each) => (
            <label key={each}>
              <input type="radio" name="everdesk-score" checked={score === each} onChange={() => setScore(each)} />
              <span aria-hidden="true">{each}</span>
              <span class="vh">{words.rateOf(each)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {score !== undefined && (
        <>
          <textarea
            rows={2}
            dir="auto"
            maxLength={1000}
            value={comment}
            placeholder={words.rateComment}
            aria-label={words.rateComment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button type="submit" class="btn">
            {words.rateSend}
          </button>
        </>
      )}
    </form>
  )
}
