// Thumbs by intent, and by the specialist, model and prompt that wrote the reply.
import { Figure } from './figure.tsx'
import type { Summary } from './summary.ts'
import { shareOfUp } from './words.ts'

/** Units of the drawing: thumbs down grow to the left of its middle line, thumbs up to the right. */
const [DOWN_ROOM, UP_ROOM] = [30, 98]
const SHOWN = 6

export function FeedbackFigure({ summary: { intents, specialists } }: { summary: Summary }) {
  const rated = intents.filter(({ up, down }) => up + down > 0).slice(0, SHOWN)
  const unit = Math.min(
    UP_ROOM / Math.max(1, ...rated.map(({ up }) => up)),
    DOWN_ROOM / Math.max(1, ...rated.map(({ down }) => down)),
  )
  return (
    <Figure
      title="Feedback"
      caption={rated.length === 0 ? 'no thumbs yet' : 'down and up, share of up'}
      {...(specialists.length > 0
        ? {
            numbers: {
              columns: ['Specialist', 'Model', 'Prompt', 'Down', 'Up', 'Share'],
              rows: specialists.map(({ specialist, model, prompt_version, up, down }) => [
                specialist,
                model ?? '–',
                prompt_version?.slice(0, 6) ?? '–',
                `${down}`,
                `${up}`,
                shareOfUp({ up, down }),
              ]),
            },
          }
        : {})}
    >
      <ul className="thumbs">
        {rated.map(({ intent, up, down }) => (
          <li key={intent}>
            <span className="cut">{intent}</span>
            <svg viewBox="0 0 130 8" preserveAspectRatio="none" aria-hidden="true">
              <rect className="down" x={DOWN_ROOM - down * unit} width={down * unit} height="8" />
              <rect className="amount" x={DOWN_ROOM + 1} width={up * unit} height="8" />
            </svg>
            <span className="vh">
              {down} down, {up} up
            </span>
            <b>{shareOfUp({ up, down })}</b>
          </li>
        ))}
      </ul>
    </Figure>
  )
}
