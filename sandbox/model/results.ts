// Reads tool results of any reasonable shape: finds fields by name, whatever their case, at any depth.
import { isRecord, record } from './request.ts'
import type { ToolResult } from './transcript.ts'

/** A plain object out of a result. */
export type Fields = Record<string, unknown>

/** Why a call did not do what was asked. */
export interface Trouble {
  kind: 'bad_arguments' | 'refused' | 'unknown' | 'pending' | 'failed'
  message: string
}

/** A result read: its JSON (or text), and the trouble when it reports one. */
export interface ReadResult {
  value: unknown
  trouble?: Trouble
}

/** Reads one tool result. */
export function readResult(result: ToolResult): ReadResult {
  let value: unknown = result.text
  try {
    value = JSON.parse(result.text) as unknown
  } catch {
    const failed = /^\s*(error|invalid|unknown tool|failed)\b/i.test(result.text)
    return failed ? { value, trouble: { kind: kindOf(result.text), message: result.text } } : { value }
  }
  const trouble = troubleOf(record(value))
  return trouble ? { value, trouble } : { value }
}

function troubleOf(root: Fields): Trouble | undefined {
  const outcome = outcomeOf(root)
  const [inner = root] = findObjects(
    root,
    (object) => field(object, 'error', 'errors', 'refused', 'code') !== undefined,
  )
  const error = field(inner, 'error', 'errors')
  const code = textOf(field(record(error), 'code') ?? field(inner, 'code', 'refused', 'error'))
  const words = [record(error), inner, record(field(root, 'result', 'data')), root]
  const message =
    words
      .map((object) => textOf(field(object, 'message', 'detail', 'problem', 'reason')))
      .find((text) => text !== '') ?? code
  if (/unknown|uncertain/.test(outcome)) return { kind: 'unknown', message }
  if (/pending|approval|escalat|wait|queued/.test(outcome)) return { kind: 'pending', message }
  if (/refused|rejected|denied/.test(outcome) || field(inner, 'refused') !== undefined)
    return { kind: 'refused', message }
  const bad = error !== undefined && error !== false
  const notOk =
    field(root, 'ok', 'success') === false || /^(error|failed|failure|invalid\w*|unavailable|timeout)$/.test(outcome)
  const httpError = Number(field(root, 'status')) >= 400 && code !== ''
  if (!bad && !notOk && !httpError) return undefined
  return { kind: kindOf(`${code} ${outcome} ${JSON.stringify(error ?? '')}`), message }
}

/** The word for how a call went: an `outcome`, or a `status` that is no order's. */
function outcomeOf(root: Fields): string {
  const status = textOf(field(root, 'status'))
  const said = /^(ok|error|unknown|refused|failed|settled|pending\w*|escalated|rejected)$/.test(status) ? status : ''
  return textOf(field(root, 'outcome', 'state') ?? said).toLowerCase()
}

function kindOf(text: string): Trouble['kind'] {
  if (/argument|invalid|schema|validation|required|malformed|unknown[ _]tool|bad_/i.test(text)) return 'bad_arguments'
  return /already|not[ _]found|refus|forbidden|not[ _]allowed|policy|locked|conflict|exceed/i.test(text)
    ? 'refused'
    : 'failed'
}

/** The first of these fields that is there; `order_number`, `orderNumber` and `OrderNumber` are one. */
export function field(object: Fields, ...names: string[]): unknown {
  for (const name of names) {
    const wanted = flat(name)
    for (const [key, value] of Object.entries(object)) {
      if (flat(key) === wanted && value !== null && value !== undefined) return value
    }
  }
  return undefined
}

/** Every object in the value that passes the test, outermost first; what is inside a hit is not looked at. */
export function findObjects(value: unknown, test: (object: Fields) => boolean): Fields[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => findObjects(entry, test))
  if (!isRecord(value)) return []
  return test(value) ? [value] : Object.values(value).flatMap((inner) => findObjects(inner, test))
}

/** Orders in the value. */
export function findOrders(value: unknown): Fields[] {
  return findObjects(
    value,
    (object) =>
      field(object, 'status') !== undefined &&
      field(object, 'items', 'tracking', 'tracking_number', 'eta', 'order_number', 'placed_at') !== undefined,
  )
}

/** The number of an order. */
export function orderNumberOf(order: Fields): string {
  return textOf(field(order, 'order_number', 'number', 'order', 'id'))
}

/** Text of a scalar; anything else is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

function flat(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
