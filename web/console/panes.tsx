import { type Pane, pane } from './layout.ts'
import { Icon } from './parts/icon.tsx'
import type { IconName } from '../shared/icons.ts'

const PANES: readonly [Pane, string, IconName][] = [
  ['queue', 'Queue', 'inbox'],
  ['talk', 'Talk', 'edit'],
  ['customer', 'Customer', 'person'],
]

/** The three tabs at the bottom of a phone. */
export function Panes({ shown, opened }: { shown: Pane; opened: boolean }) {
  return (
    <nav className="panes" aria-label="Parts of the desk">
      {PANES.map(([name, words, icon]) => (
        <button
          key={name}
          type="button"
          aria-current={shown === name ? 'true' : undefined}
          disabled={name === 'customer' && !opened}
          onClick={() => pane.set(name)}
        >
          <Icon name={icon} />
          {words}
        </button>
      ))}
    </nav>
  )
}
