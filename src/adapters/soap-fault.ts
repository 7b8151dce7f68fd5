// A SOAP Fault is two things under one name: the business saying no (with a code in its detail), or the system failing.
import { isRecord } from './record.ts'

/** The business's own code and words, or null when the fault names none. */
export type BusinessFault = { code: string; message: string }

/** The fault inside what the `soap` library throws, for SOAP 1.1 and 1.2. */
export function faultOf(error: unknown): Record<string, unknown> | null {
  return record(record(record(record(record(error)?.['root'])?.['Envelope'])?.['Body'])?.['Fault'])
}

/** Looks for `code` in the detail, at most three elements deep, as every system wraps it differently. */
export function businessFault(fault: Record<string, unknown>): BusinessFault | null {
  const found = withCode(fault['detail'] ?? fault['Detail'], 3)
  if (!found) return null
  const said = text(found['message']) ?? text(fault['faultstring']) ?? text(record(fault['Reason'])?.['Text'])
  return { code: text(found['code']) ?? '', message: said ?? '' }
}

/** True when the fault blames our request: sending it again would not help. */
export function blamesCaller(fault: Record<string, unknown>): boolean {
  const code = text(fault['faultcode']) ?? text(record(fault['Code'])?.['Value']) ?? ''
  return /(?:^|:)(?:Client|Sender)\b/.test(code)
}

function withCode(value: unknown, depth: number): Record<string, unknown> | null {
  const element = record(value)
  if (!element || depth === 0) return null
  if (text(element['code'])) return element
  for (const child of Object.values(element)) {
    const found = withCode(child, depth - 1)
    if (found) return found
  }
  return null
}

// An element with attributes is read as {attributes, $value}.
function text(value: unknown): string | undefined {
  const plain = record(value)?.['$value'] ?? value
  return typeof plain === 'string' || typeof plain === 'number' ? String(plain) || undefined : undefined
}

const record = (value: unknown): Record<string, unknown> | null => (isRecord(value) ? value : null)
