import type { Step } from './actions.ts'
import { play } from './episode.ts'
import type { Store } from './store/store.ts'

/** The steps of a failing interleaving that it needs to fail in the same way: pieces are left out as long as it still does. */
export async function shrink(store: Store, seed: number, steps: readonly Step[], violation: string): Promise<Step[]> {
  const fails = async (candidate: readonly Step[]) =>
    (await play(store, seed, candidate)).violations.includes(violation)
  let current = [...steps]
  for (let shorter = true; shorter; ) {
    shorter = false
    for (let size = Math.max(1, current.length >> 2); size >= 1; size >>= 1) {
      for (let at = 0; at + size <= current.length; ) {
        const candidate = [...current.slice(0, at), ...current.slice(at + size)]
        if (await fails(candidate)) {
          current = candidate
          shorter = true
        } else {
          at += size
        }
      }
    }
  }
  return current
}
