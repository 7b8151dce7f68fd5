// Claim or release, transfer, hand back, and what is rare under "more". A key does what the button does.
import { useKeys } from '../keys/use-keys.ts'
import { Icon } from '../parts/icon.tsx'
import { ClaimButton } from './claim-button.tsx'
import { useConversation } from './conversation-context.ts'
import type { Panel } from './head.tsx'
import { MoreMenu } from './more-menu.tsx'
import { toggleDetails } from '../layout.ts'

export function Actions({ panel, setPanel }: { panel: Panel; setPanel: (panel: Panel) => void }) {
  const { part } = useConversation()
  const mine = part.floor === 'mine'
  const toggle = (which: Exclude<Panel, null>) => setPanel(panel === which ? null : which)
  useKeys({
    ...(mine ? { t: () => toggle('transfer'), h: () => toggle('hand-back') } : {}),
    d: toggleDetails,
  })
  return (
    <div className="do">
      {mine && (
        <button type="button" className="btn" aria-expanded={panel === 'hand-back'} onClick={() => toggle('hand-back')}>
          <Icon name="back" />
          Hand back <kbd aria-hidden="true">H</kbd>
        </button>
      )}
      <ClaimButton />
      {mine && (
        <button
          type="button"
          className="btn opt"
          aria-expanded={panel === 'transfer'}
          onClick={() => toggle('transfer')}
        >
          <Icon name="transfer" />
          Transfer <kbd aria-hidden="true">T</kbd>
        </button>
      )}
      <MoreMenu transfer={mine ? () => toggle('transfer') : undefined} />
    </div>
  )
}
