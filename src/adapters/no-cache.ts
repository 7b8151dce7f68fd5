import type { Cache } from '../ports/cache.ts'

/** Always empty: every caller asks the source. */
export const noCache: Cache = {
  get: async () => undefined,
  set: async () => undefined,
  drop: async () => undefined,
}
