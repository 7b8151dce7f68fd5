// Checks of a parsed body that must come before any schema: schemas recurse, accept lone surrogates, and know no NUL.
import { type FieldError, invalid } from '../problem.ts'

const DEEPEST = 32

/** Walks without recursion. Throws Refusal invalid_request for depth, NUL, lone surrogates and the key `__proto__`. */
export function refuseHostileTree(tree: unknown): void {
  const errors: FieldError[] = []
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value: tree, pointer: '', depth: 1 }]
  for (let item = open.pop(); item && errors.length < 10; item = open.pop()) {
    const { value, pointer, depth } = item
    if (typeof value === 'string') {
      const detail = textFault(value)
      if (detail) errors.push({ pointer, detail })
      continue
    }
    if (typeof value !== 'object' || value === null) continue
    if (depth > DEEPEST)
      throw invalid(`The body is nested over ${DEEPEST} levels deep.`, [{ pointer: '', detail: 'Too deep.' }])
    for (const [key, child] of Object.entries(value)) {
      const at = `${pointer}/${escapeKey(key)}`
      if (key === '__proto__' || textFault(key)) errors.push({ pointer: at, detail: 'Unknown field.' })
      else open.push({ value: child, pointer: at, depth: depth + 1 })
    }
  }
  if (errors.length > 0) throw invalid('The body holds what cannot be stored.', errors)
}

/** What keeps a text from being stored as it is; null when nothing does. */
export function textFault(text: string): string | null {
  if (text.includes('\0')) return 'Holds the character NUL.'
  return text.isWellFormed() ? null : 'Holds a lone surrogate.'
}

/** JSON pointer's escapes; a hostile key is made well-formed and short, because it is sent back. */
export const escapeKey = (key: string): string =>
  key.toWellFormed().slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('\0', '')
