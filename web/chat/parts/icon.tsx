import { h } from 'preact'
import { ICONS, type IconName } from '../../shared/icons.ts'

/** An icon of the look; it never stands alone, so it is hidden from who listens. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
      {ICONS[name].map(([element, attributes]) => h(element, attributes))}
    </svg>
  )
}
