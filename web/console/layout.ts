// Which parts of the desk show where there is not room for all: one pane on the phone, details that slide over on a laptop.
import { watched } from '../shared/watched.ts'

export type Pane = 'queue' | 'talk' | 'customer'

/** The pane on the phone. */
export const pane = watched<Pane>('queue')
/** Whether the details are slid over, where they have no column of their own. */
export const detailsShown = watched(false)

const isPhone = () => matchMedia('(max-width: 759px)').matches

export function toggleDetails(): void {
  if (isPhone()) pane.set(pane.get() === 'customer' ? 'talk' : 'customer')
  else detailsShown.update((shown) => !shown)
}
