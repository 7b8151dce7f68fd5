// One REST back end of the company. Its "no" (404, 409, 422) is an answer; everything else that fails is thrown by the port.
import { z } from 'zod'
import type { ZodType } from 'zod'
import { OutsideError } from '../../../domain/errors.ts'
import type { Json } from '../../../domain/json.ts'
import type { HttpCall, HttpClient } from '../../../ports/systems.ts'

/** What a back end answered: it did it, or the business says no with a stable code and a sentence a person can read. */
export type Reply<T> = { done: T } | { refused: { code: string; message: string } }

type RestCall<T> = {
  method: HttpCall['method']
  /** Under the base address, each part already encoded. */
  path: string
  body?: Json
  /** Writes: reaches the back end as `Idempotency-Key`. */
  key?: string
  shape: ZodType<T>
  signal: AbortSignal
}

export type RestSystem = {
  call: <T>(request: RestCall<T>) => Promise<Reply<T>>
  /** The first answer to the write with this key; null when the back end knows of none. */
  outcomeOf: <T>(request: { key: string; shape: ZodType<T>; signal: AbortSignal }) => Promise<Reply<T> | null>
}

const CALL_TIMEOUT = 5_000
const problemShape = z.object({ code: z.string(), message: z.string() })
const effectShape = z.object({ status: z.number(), answer: z.json() })

/** A client of the back end at `baseUrl`, named `dependency` in circuit breaker, metrics and logs. */
export function restSystem(http: HttpClient, dependency: string, baseUrl: string): RestSystem {
  const base = baseUrl.replace(/\/+$/, '')
  const read = <T>(shape: ZodType<T>, body: Json): T => {
    const parsed = shape.safeParse(body)
    if (parsed.success) return parsed.data
    throw new OutsideError('BackendError.Malformed', dependency, `${dependency} answered in an unknown shape`)
  }
  const reply = <T>(status: number, body: Json, shape: ZodType<T>): Reply<T> => {
    if (status < 300) return { done: read(shape, body) }
    const problem = read(problemShape, body)
    // The key was used for another request: that one may have had its effect, so this is no business refusal.
    if (problem.code === 'idempotency_conflict') {
      throw new OutsideError('BackendError.Refused', dependency, `${dependency} knows this key from another request`)
    }
    return { refused: problem }
  }
  return {
    async call({ method, path, body, key, shape, signal }) {
      const answer = await http.call({
        dependency,
        method,
        url: base + path,
        ...(body === undefined ? {} : { body }),
        ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
        accept: [404, 409, 422],
        timeout: CALL_TIMEOUT,
        signal,
      })
      return reply(answer.status, answer.body, shape)
    },
    async outcomeOf({ key, shape, signal }) {
      const url = `${base}/effects/${encodeURIComponent(key)}`
      const answer = await http.call({ dependency, method: 'GET', url, accept: [404], timeout: CALL_TIMEOUT, signal })
      if (answer.status === 404) return null
      const effect = read(effectShape, answer.body)
      return reply(effect.status, effect.answer, shape)
    },
  }
}
