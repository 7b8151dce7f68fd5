// Zod's issues become the problem's `errors`, each with a JSON pointer.
import type { ZodType } from 'zod'
import { type FieldError, invalid } from '../problem.ts'
import { escapeKey } from './json-tree.ts'

/** The parsed value. Throws Refusal invalid_request. */
export function validate<T>(schema: ZodType<T>, value: unknown, what: 'body' | 'query'): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue): FieldError[] => {
    const pointer = issue.path.map((key) => `/${escapeKey(String(key))}`).join('')
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }]
    return issue.keys.map((key) => ({ pointer: `${pointer}/${escapeKey(key)}`, detail: 'Unknown field.' }))
  })
  throw invalid(`The ${what} is not as this resource needs it.`, errors.slice(0, 20))
}
