// Fast shared memory. It fails open: an unreachable cache is an empty one, so a caller always has the source to ask.
import type { Json } from '../domain/json.ts'

export interface Cache {
  get(key: string): Promise<Json | undefined>
  /** `ttl` in milliseconds. */
  set(key: string, value: Json, ttl: number): Promise<void>
  drop(key: string): Promise<void>
}
