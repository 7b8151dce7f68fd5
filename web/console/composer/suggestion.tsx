import { Who } from '../parts/who.tsx'

/** What the machine proposes: dashed until a person sends it. */
export function Suggestion({ text, use }: { text: string; use: () => void }) {
  return (
    <div className="hint">
      <Who kind="ai" />
      <p>
        <small>Suggested reply</small>
        <span dir="auto">{text}</span>
      </p>
      <button type="button" className="btn" onClick={use}>
        Use <kbd aria-hidden="true">Tab</kbd>
      </button>
    </div>
  )
}
