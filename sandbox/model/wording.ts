import { field, textOf } from './results.ts'
import { record } from './request.ts'
import type { Fields } from './results.ts'

/** `2026-11-23` as `Monday, November 23`; what is no date stays as it is. */
export function sayDate(value: unknown): string {
  const text = textOf(value)
  const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0]
  if (!date) return text
  return new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** Cents as `$12.50`. */
function sayCents(cents: number, currency = 'USD'): string {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100)
  } catch {
    return `${(cents / 100).toFixed(2)} ${currency}`
  }
}

/** The money of a field `name`, written as `name_cents` beside `currency`, as `{amount_cents, currency}`, or as text. */
export function sayMoney(object: Fields, ...names: string[]): string | undefined {
  const currency = textOf(field(object, 'currency')) || 'USD'
  for (const name of names) {
    const cents = field(object, `${name}_cents`, `${name}_amount_cents`)
    if (cents !== undefined && Number.isFinite(Number(cents))) return sayCents(Number(cents), currency)
    const value = field(object, name)
    const inner = field(record(value), 'amount_cents', 'cents')
    if (inner !== undefined) return sayCents(Number(inner), textOf(field(record(value), 'currency')) || currency)
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** `a`, `a and b`, `a, b and c`. */
export function sayList(parts: string[]): string {
  return parts.length <= 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Numbers to ten as words. */
export function sayCount(count: number): string {
  return 'no one two three four five six seven eight nine ten'.split(' ')[count] ?? String(count)
}

/** A sentence with one full stop at its end. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
