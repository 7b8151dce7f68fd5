import { useRef } from 'react'
import { useKeys } from '../keys/use-keys.ts'
import { toggleDetails } from '../layout.ts'
import { Icon } from '../parts/icon.tsx'
import { useConversation } from './conversation-context.ts'
import { Refusal } from './refusal.tsx'
import { useCommand } from './use-command.ts'

/** What is rare: close, details on narrow screens, and what the width leaves no room for. */
export function MoreMenu({ transfer }: { transfer: (() => void) | undefined }) {
  const menu = useRef<HTMLDetailsElement>(null)
  const { workspace, commands, online } = useConversation()
  const { busy, problem, run } = useCommand()
  const shut = () => {
    if (menu.current) menu.current.open = false
  }
  useKeys({ '.': () => menu.current?.querySelector('summary')?.click() })
  useKeys(
    {
      Escape: () => {
        if (!menu.current?.open) return false
        shut()
        menu.current.querySelector('summary')?.focus()
      },
    },
    menu,
  )
  const { status, closing } = workspace.conversation
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- notices only that the focus left
    <details
      className="more"
      ref={menu}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || shut()}
    >
      <summary className="btn icon" aria-label="More">
        <Icon name="more" />
      </summary>
      <div className="menu">
        <button type="button" className="btn bare" onClick={() => (toggleDetails(), shut())}>
          <Icon name="person" /> Details <kbd aria-hidden="true">D</kbd>
        </button>
        {transfer && (
          <button type="button" className="btn bare narrow" onClick={() => (transfer(), shut())}>
            <Icon name="transfer" /> Transfer
          </button>
        )}
        <button
          type="button"
          className="btn bare"
          disabled={!online || status === 'closed' || closing === true}
          aria-busy={busy}
          onClick={() => void run(() => commands.close()).then((done) => done && shut())}
        >
          <Icon name="x" /> {closing ? 'Closes after this turn' : status === 'closed' ? 'Closed' : 'Close conversation'}
        </button>
        <Refusal problem={problem} />
      </div>
    </details>
  )
}
