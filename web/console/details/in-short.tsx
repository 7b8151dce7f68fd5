import type { Brief } from '../../shared/desk-types.ts'
import { Icon } from '../parts/icon.tsx'
import { plain, reasonWords } from '../parts/words.ts'

/** The page of context that was written when the conversation was offered. */
export function InShort({ brief }: { brief: Brief }) {
  const failed = brief.tried.filter(({ outcome }) => outcome !== 'ok').length
  return (
    <section aria-labelledby="in-short">
      <h2 id="in-short">In short</h2>
      <dl className="kv">
        <dt>Why</dt>
        <dd>{reasonWords(brief.reason).words}</dd>
        <dt>Wants</dt>
        <dd dir="auto">{brief.wants}</dd>
        <dt>Mood</dt>
        <dd>{brief.sentiment}</dd>
        {brief.facts.map(({ kind, value }) => (
          <FactRow key={`${kind} ${value}`} kind={kind} value={value} />
        ))}
        {brief.suggested_next_step && (
          <>
            <dt>Next</dt>
            <dd dir="auto">{brief.suggested_next_step}</dd>
          </>
        )}
      </dl>
      {brief.tried.length > 0 && (
        <details className="fold">
          <summary>
            <Icon name="chev" className="i turn" />
            {brief.tried.length} tried{failed > 0 ? `, ${failed} in vain` : ''}
          </summary>
          <ul className="tried">
            {brief.tried.map(({ tool, outcome, came_back }, index) => (
              <li key={index}>
                <span className="mono">{tool}</span> {outcome.replaceAll('_', ' ')}
                {came_back && <span dir="auto">: {came_back}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <details className="fold">
        <summary>
          <Icon name="chev" className="i turn" />
          Summary
        </summary>
        <pre dir="auto">{brief.summary}</pre>
      </details>
    </section>
  )
}

function FactRow({ kind, value }: { kind: string; value: string }) {
  return (
    <>
      <dt>{plain(kind)}</dt>
      <dd dir="auto">{value}</dd>
    </>
  )
}
