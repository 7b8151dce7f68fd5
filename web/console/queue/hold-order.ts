// Rows never move under the pointer: while the list is hovered or focused, what stands there keeps its place.
import type { QueueRow } from './queue-types.ts'

export type Held = {
  /** The rows that were there, each as it is now; one that left stays as it was. */
  rows: QueueRow[]
  /** How many came. */
  added: number
  /** Keys of those that left. */
  gone: ReadonlySet<string>
}

export function holdOrder(shown: readonly QueueRow[], fresh: readonly QueueRow[]): Held {
  const now = new Map(fresh.map((row) => [row.key, row]))
  const before = new Set(shown.map((row) => row.key))
  return {
    rows: shown.map((row) => now.get(row.key) ?? row),
    added: fresh.filter((row) => !before.has(row.key)).length,
    gone: new Set(shown.map((row) => row.key).filter((key) => !now.has(key))),
  }
}
