// Reads fields of an untrusted JSON body; a wrong one is 422 and names itself.
import { Refusal } from './refusal.ts'

/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>

/** The body as an object, or 422. */
export function objectBody(body: unknown): JsonObject {
  if (isObject(body)) return body
  throw new Refusal(422, 'invalid_request', 'the body must be a JSON object')
}

/** A string of 1 to `longest` characters. */
export function textField(body: JsonObject, name: string, longest = 500): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (typeof value === 'string' && value.trim() !== '' && value.length <= longest) return value
  throw new Refusal(422, 'invalid_request', `\`${name}\` must be a text of 1 to ${longest} characters`)
}

/** Like textField; absent and null are undefined. */
export function optionalText(body: JsonObject, name: string, longest = 500): string | undefined {
  return !Object.hasOwn(body, name) || body[name] === null || body[name] === undefined
    ? undefined
    : textField(body, name, longest)
}

/** A whole number between `least` and `most`. */
export function integerField(body: JsonObject, name: string, least: number, most: number): number {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new Refusal(422, 'invalid_request', `\`${name}\` must be a whole number from ${least} to ${most}`)
}

/** True for a JSON object, false for lists, null and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
