import type { Citation } from '../../shared/desk-types.ts'
import { Icon } from '../parts/icon.tsx'

/** The passages that a reply cites, folded. */
export function Sources({ citations = [] }: { citations?: readonly Citation[] | undefined }) {
  if (citations.length === 0) return null
  return (
    <details className="fold">
      <summary>
        <Icon name="chev" className="i turn" />
        <Icon name="source" />
        <span dir="auto">{citations.map(({ title }) => title).join(', ')}</span>
      </summary>
      <ol className="calls">
        {citations.map(({ document, passage }, index) => (
          <li key={document}>
            <pre dir="auto">{`${index + 1}  ${passage}`}</pre>
          </li>
        ))}
      </ol>
    </details>
  )
}
