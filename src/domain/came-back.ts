// What a tool came back with, in one line for a person who reads the brief. The desk's data is not known here, so it is said as
// it stands: the first plain values, by name.
import type { Json } from './json.ts'

const LONGEST = 160
const MOST_VALUES = 6

/** "status: shipped, carrier: ZX, ..."; an error by its code; empty when there is nothing to say. */
export function cameBack(outcome: string | null, data: Json | undefined): string {
  if (outcome === null) return 'no result yet'
  const values = plainValues(data ?? null)
  if (values.length > 0) return shorten(values.slice(0, MOST_VALUES).join(', '), LONGEST)
  return Array.isArray(data) ? `${data.length} found` : ''
}

function plainValues(data: Json, depth = 0): string[] {
  if (data === null || typeof data !== 'object') return depth === 0 && data !== null ? [oneLine(data)] : []
  if (Array.isArray(data)) return []
  return Object.entries(data).flatMap(([name, value]) => {
    const called = name.replaceAll('_', ' ')
    if (Array.isArray(value)) return [`${called}: ${value.length}`]
    if (value !== null && typeof value === 'object') return depth < 1 ? plainValues(value, depth + 1) : []
    return value === null || value === '' ? [] : [`${called}: ${oneLine(value)}`]
  })
}

const oneLine = (value: string | number | boolean): string => shorten(String(value).replace(/\s+/g, ' ').trim(), 60)

/** Cut between characters, never inside one. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
