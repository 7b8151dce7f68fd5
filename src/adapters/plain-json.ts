// JSON from outside, made safe to keep: a deep tree overflows the stack of JSON.stringify, and PostgreSQL stores
// neither NUL nor half of a surrogate pair.
import { type Json, storableJson } from '../domain/json.ts'

const DEEPEST = 64
const SUSPECT = /\\u0000|\\ud[89a-f]/i

/** Parses `text`; undefined when it is not JSON or nested deeper than 64 levels. Unstorable characters are removed. */
export function parsePlainJson(text: string): Json | undefined {
  let value: Json
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse returns is Json by definition
    value = JSON.parse(text) as Json
  } catch {
    return undefined
  }
  if (tooDeep(value)) return undefined
  return SUSPECT.test(text) ? storableJson(value) : value
}

// Breadth first, so that measuring the depth cannot itself overflow.
function tooDeep(value: Json): boolean {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEEPEST && level.some((item) => item !== null && typeof item === 'object')) return true
    level = level.flatMap((item) => (item !== null && typeof item === 'object' ? Object.values(item) : []))
  }
  return false
}
