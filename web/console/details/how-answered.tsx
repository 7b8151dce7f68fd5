import type { Turn } from '../../shared/desk-types.ts'
import { cost as costText } from '../../shared/money.ts'
import { Icon } from '../parts/icon.tsx'

/** Route, model, versions and cost: of the last turn, and of each under it. */
export function HowAnswered({ turns, cost, desk }: { turns: readonly Turn[]; cost: string; desk: string }) {
  const last = turns.findLast(({ model }) => model !== null) ?? turns.at(-1)
  if (!last) return null
  return (
    <section aria-labelledby="how-answered">
      <h2 id="how-answered">How it was answered</h2>
      <dl className="kv">
        <dt>Route</dt>
        <dd>{route(last)}</dd>
        <dt>Specialist</dt>
        <dd>{last.specialist ?? 'none'}</dd>
        <dt>Model</dt>
        <dd>{last.model ?? 'none, answered by code'}</dd>
        <dt>Prompt</dt>
        <dd>{last.prompt_version ?? 'none'}</dd>
        <dt>Policy</dt>
        <dd>{last.policy_version ?? desk}</dd>
        <dt>Cost</dt>
        <dd>{costText(cost)}</dd>
      </dl>
      <details className="fold">
        <summary>
          <Icon name="chev" className="i turn" />
          Full run, {turns.length === 1 ? '1 turn' : `${turns.length} turns`}
        </summary>
        <ol className="run">
          {turns.map((turn) => (
            <li key={turn.number}>
              <b>Turn {turn.number}</b> {turn.outcome?.replaceAll('_', ' ') ?? turn.state}
              <span className="quiet">
                {' '}
                {route(turn)}; {turn.model ?? 'no model'}; {costText(turn.cost_usd ?? '0')};{' '}
                {(turn.input_tokens ?? 0) + (turn.output_tokens ?? 0)} tokens; {turn.calls.length} tools
              </span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  )
}

function route({ intent, confidence, routed_by: by }: Turn): string {
  if (intent === null) return 'not routed'
  const sure = confidence === null ? '' : `, ${confidence.toFixed(2)}`
  return `${intent}${sure}${by === null ? '' : ` by ${by}`}`
}
