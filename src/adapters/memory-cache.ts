// Port Cache inside one process: the least recently used entry goes first.
import type { Cache } from '../ports/cache.ts'
import type { OnCacheLookup } from './cache-outcome.ts'
import { parsePlainJson } from './plain-json.ts'

export type MemoryCacheOptions = {
  /** Default 10,000. */
  mostEntries?: number
  onLookup?: OnCacheLookup
}

/** Values are kept as text, so that nobody can change what another reader gets. */
export function createMemoryCache({ mostEntries = 10_000, onLookup }: MemoryCacheOptions = {}): Cache {
  // A Map keeps the order of insertion: reading moves an entry to the end.
  const entries = new Map<string, { text: string; until: number }>()
  return {
    get: async (key) => {
      const entry = entries.get(key)
      entries.delete(key)
      if (!entry || entry.until <= Date.now()) {
        onLookup?.('memory', 'miss')
        return undefined
      }
      entries.set(key, entry)
      onLookup?.('memory', 'hit')
      return parsePlainJson(entry.text)
    },
    set: async (key, value, ttl) => {
      entries.delete(key)
      if (!(ttl > 0)) return
      entries.set(key, { text: JSON.stringify(value), until: Date.now() + ttl })
      const oldest = entries.keys().next()
      if (entries.size > mostEntries && !oldest.done) entries.delete(oldest.value)
    },
    drop: async (key) => void entries.delete(key),
  }
}
