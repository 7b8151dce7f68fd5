// Asks the API: bearer token, problem details, and one Idempotency-Key per command, kept over its retries, so that a
// command whose answer was lost happens once.
import { Problem, problemOf, unreachable } from './problem.ts'

export type ApiClient = {
  /** Undefined values of `query` are left out. Throws Problem. */
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => Promise<T>
  /** A command. Throws Problem. */
  post: <T>(path: string, body?: object, key?: string) => Promise<T>
  /** A stream of server-sent events; `lastId` continues one. Throws Problem. */
  stream: (path: string, lastId: string | undefined, signal: AbortSignal) => Promise<Response>
}
export type Query = Record<string, string | number | undefined>

export type ApiClientOptions = {
  /** The bearer token, renewed when it is about to end; undefined for nobody. */
  token: () => Promise<string | undefined>
  /** The API refused the token: true when there is another one now. */
  refused: () => Promise<boolean>
  /** `fetch` */
  fetch?: (path: string, init?: RequestInit) => Promise<Response>
  /** Waits so many milliseconds. */
  wait?: (milliseconds: number) => Promise<void>
}

const TRIES = 4
const FIRST_PAUSE = 500
/** A longer Retry-After is told instead of waited for. */
const LONGEST_PAUSE = 15_000

export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = options.fetch ?? ((...request) => fetch(...request))
  const wait = options.wait ?? ((milliseconds) => new Promise((done) => setTimeout(done, milliseconds)))

  async function once(path: string, init: RequestInit): Promise<Response> {
    const token = await options.token()
    const headers = new Headers(init.headers)
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
    try {
      return await send(path, { ...init, headers })
    } catch (error) {
      if (init.signal?.aborted) throw error
      throw unreachable()
    }
  }

  /** Repeats what may succeed later: no answer, 429, 503. */
  async function patiently(path: string, init: RequestInit): Promise<Response> {
    let renewed = false
    for (let tried = 1; ; tried += 1) {
      const last = tried === TRIES
      try {
        const response = await once(path, init)
        if (response.ok) return response
        if (response.status === 401 && !renewed && (await options.refused())) {
          renewed = true
          continue
        }
        const pause = pauseOf(response, tried)
        if (last || pause === undefined) throw await problemOf(response)
        await wait(pause)
      } catch (error) {
        if (last || !(error instanceof Problem && error.code === 'unreachable')) throw error
        await wait(FIRST_PAUSE * 2 ** tried)
      }
    }
  }

  return {
    get: async <T>(path: string, query: Query = {}, signal?: AbortSignal) => {
      const response = await patiently(withQuery(path, query), signal ? { signal } : {})
      return (await response.json()) as T
    },
    post: async <T>(path: string, body: object = {}, key: string = crypto.randomUUID()) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
      const response = await patiently(path, { method: 'POST', headers, body: JSON.stringify(body) })
      return (response.status === 204 ? undefined : await response.json()) as T
    },
    stream: async (path, lastId, signal) => {
      const headers = { Accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) }
      let response = await once(path, { headers, signal })
      if (response.status === 401 && (await options.refused())) response = await once(path, { headers, signal })
      if (!response.ok) throw await problemOf(response)
      return response
    },
  }
}

function pauseOf(response: Response, tried: number): number | undefined {
  if (response.status !== 429 && response.status !== 503) return undefined
  const told = Number(response.headers.get('Retry-After') ?? Number.NaN) * 1000
  const pause = Number.isFinite(told) ? told : FIRST_PAUSE * 2 ** tried
  return pause <= LONGEST_PAUSE ? pause : undefined
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (given.length === 0) return path
  return `${path}?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, `${value}`]))}`
}
