// Calls to business systems over their own protocols. No retry here: Temporal owns it. Failures are OutsideError
// `BackendError.*` or `CircuitOpen`; a status that the caller names in `accept` is an answer, not a failure.
import type { Json, JsonObject } from '../domain/json.ts'

export type HttpCall = {
  /** Names the system for circuit breaker, metrics and logs. */
  dependency: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  url: string
  body?: Json
  headers?: Record<string, string>
  /** Statuses besides 2xx that are answers, such as 404 or 409. */
  accept?: number[]
  /** Milliseconds. */
  timeout: number
  signal?: AbortSignal
}
export interface HttpClient {
  call(request: HttpCall): Promise<{ status: number; body: Json }>
}

export type SoapCall = {
  dependency: string
  wsdl: string
  operation: string
  input: JsonObject
  timeout: number
  signal?: AbortSignal
}
/** A business fault (a SOAP Fault with detail) is an answer: `{fault: {code, message}}`. */
export interface SoapClient {
  call(request: SoapCall): Promise<{ result: JsonObject } | { fault: { code: string; message: string } }>
}
