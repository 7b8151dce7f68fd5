// How this desk's tools answer.
import type { Json, JsonObject } from '../../../domain/json.ts'
import type { ToolResult } from '../../types.ts'
import type { Reply } from '../systems/rest.ts'

/** The business said no: the model reads why, in a sentence it can pass on. */
export const refused = (code: string, message: string): ToolResult => ({ outcome: 'refused', data: no(code, message) })

/** The same as an authorization's data. */
export const no = (code: string, message: string): JsonObject => ({ outcome: 'refused', code, message })

/** One sentence for an order that does not exist and for one of another customer: which of the two it is, nobody learns. */
export const orderNotFound = (order: string): JsonObject =>
  no('order_not_found', `There is no order ${order} on this account. Ask the customer to check the number.`)

/** A back end's reply as the tool's result. */
export function resultOf<T>(reply: Reply<T>, view: (done: T) => Json): ToolResult {
  if ('refused' in reply) return refused(reply.refused.code, reply.refused.message)
  return { outcome: 'ok', data: view(reply.done) }
}

/** `$1,249.00` from cents; other currencies keep their code. */
export function money(cents: number, currency = 'USD'): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100)
}

/** `a***@example.com`, `...1001`: enough to recognise one's own, too little to learn another's. */
export const maskEmail = (email: string): string => email.replace(/^(.).*@/, '$1***@')
export const maskPhone = (phone: string): string => `...${phone.replace(/\D/g, '').slice(-4)}`
