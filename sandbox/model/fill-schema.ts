// Fills any JSON schema with modest values, so that a structured answer always has the promised shape.
import type { JsonSchema } from './request.ts'

/** Gives the value of a named property, or undefined to let the schema decide. */
export type Known = (name: string, schema: JsonSchema) => unknown

/** A value that fits the schema; `known` is asked first for every property. */
export function fillSchema(schema: JsonSchema, known: Known, name = ''): unknown {
  const value = known(name, schema)
  if (value !== undefined) return value
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? []
  if (choice) return fillSchema(choice, known, name)
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? (schema.properties ? 'object' : 'string')]
  if (types.includes('null')) return null
  if (types.includes('object')) {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, fillSchema(inner, known, key)]),
    )
  }
  if (types.includes('array')) return []
  if (types.includes('boolean')) return false
  if (types.includes('number') || types.includes('integer')) return 0
  return ''
}
