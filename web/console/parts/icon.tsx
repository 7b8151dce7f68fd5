import { createElement } from 'react'
import { type IconName, ICONS } from '../../shared/icons.ts'

/** An icon stands beside words, or in a control that has a label. */
export function Icon({ name, className = 'i' }: { name: IconName; className?: string }) {
  const shapes: readonly (readonly [string, Record<string, string>])[] = ICONS[name]
  return (
    <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
      {shapes.map(([tag, { 'stroke-width': strokeWidth, ...shape }]) =>
        createElement(tag, { key: JSON.stringify(shape), ...shape, ...(strokeWidth ? { strokeWidth } : {}) }),
      )}
    </svg>
  )
}
