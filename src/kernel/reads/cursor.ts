// Keyset cursors: where a page ended, as base64url of a JSON list. They come back from clients, so every part is checked.
import { Refusal } from '../../domain/errors.ts'

export type Page<T> = { data: T[]; next_cursor: string | null }
export type PageRequest = { limit: number; cursor?: string | undefined }

type Kind = 'string' | 'integer' | 'time'
type Parts<K extends readonly Kind[]> = { [I in keyof K]: K[I] extends 'integer' ? number : string }

/** The cursor's parts, or null when the page is the first. Throws Refusal `invalid_request`. */
export function readCursor<const K extends readonly Kind[]>(cursor: string | undefined, kinds: K): Parts<K> | null {
  if (cursor === undefined) return null
  const parts = parsed(cursor)
  const good = Array.isArray(parts) && parts.length === kinds.length && kinds.every((kind, i) => fits(kind, parts[i]))
  if (!good) {
    const errors = [{ pointer: '/cursor', detail: 'Not a cursor of this list.' }]
    throw new Refusal('invalid_request', 'Use a next_cursor of this list, or none.', { errors })
  }
  return parts as Parts<K>
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

function fits(kind: Kind, value: unknown): boolean {
  if (kind === 'integer') return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  if (typeof value !== 'string' || value.length > 200 || !value.isWellFormed() || value.includes('\0')) return false
  return (
    kind === 'string' || (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)))
  )
}

/** Makes a page of rows that were read with `limit` + 1; `cursorOf` names the last row that is shown. */
export function pageOf<R, T>(
  rows: R[],
  limit: number,
  view: (row: R) => T,
  cursorOf: (row: R) => (string | number)[],
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  const next = more ? Buffer.from(JSON.stringify(cursorOf(last))).toString('base64url') : null
  return { data: shown.map(view), next_cursor: next }
}
