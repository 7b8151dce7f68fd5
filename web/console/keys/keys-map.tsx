// The map of keys (`?`), and the switch that turns single keys off.
import { useEffect, useRef } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useWatched } from '../use-watched.ts'
import { useKeys } from './use-keys.ts'
import { singleKeys, switchSingleKeys } from './key-layers.ts'

const KEYS: readonly [string, [string, string][]][] = [
  [
    'Queue',
    [
      ['J K', 'next, previous'],
      ['Enter', 'open'],
      ['1 – 5', 'views'],
      ['/', 'search'],
      ['F', 'filter'],
    ],
  ],
  [
    'Conversation',
    [
      ['C', 'claim or release'],
      ['R', 'reply'],
      ['N', 'internal note'],
      ['Tab', 'use the suggestion, in an empty reply'],
      ['⌘ or Ctrl Enter', 'send'],
      ['T', 'transfer'],
      ['H', 'hand back'],
      ['O', 'fold tools'],
      ['D', 'details'],
      ['.', 'more'],
    ],
  ],
  [
    'Approval',
    [
      ['A', 'to the approve button; Enter decides'],
      ['E', 'edit'],
      ['R', 'refuse, when the approval has the focus'],
    ],
  ],
  [
    'Everywhere',
    [
      ['?', 'this map'],
      ['Esc', 'back'],
    ],
  ],
]

export function KeysMap({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const on = useWatched(singleKeys)
  useKeys({ Escape: () => dialog.current?.close() })
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="keys-map" aria-labelledby="keys-title" onClose={close}>
      <header>
        <h2 id="keys-title">Keys</h2>
        <button type="button" className="btn bare icon" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="x" />
        </button>
      </header>
      <div className="keys-groups">
        {KEYS.map(([title, keys]) => (
          <section key={title}>
            <h3 className="eyebrow">{title}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="switch">
        <input type="checkbox" checked={on} onChange={(event) => switchSingleKeys(event.target.checked)} />
        Single keys work outside of fields
      </label>
    </dialog>
  )
}
