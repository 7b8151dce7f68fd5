// One HTTP call as a client makes it that must live with anything: an answer, or none.

/** An answer, or `status: null` when none came within the patience. */
export interface Reply {
  status: number | null
  body: unknown
}

/** Milliseconds a client waits for an answer, beside what it asked the server to wait. */
const PATIENCE = 8_000

/** Makes the call; it never rejects. A 5xx and no answer both leave open whether it happened. */
export async function callApi(call: {
  url: string
  method: 'GET' | 'POST'
  token: string
  body?: object | undefined
  headers?: Record<string, string> | undefined
  /** Added to the patience, in milliseconds. */
  wait?: number | undefined
}): Promise<Reply> {
  try {
    const answer = await fetch(call.url, {
      method: call.method,
      headers: {
        authorization: `Bearer ${call.token}`,
        ...(call.body ? { 'content-type': 'application/json' } : {}),
        ...call.headers,
      },
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
      signal: AbortSignal.timeout(PATIENCE + (call.wait ?? 0)),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as unknown) }
  } catch {
    return { status: null, body: {} }
  }
}

/** `ok` for 2xx, `fail` for a refusal (4xx), `unknown` for everything that may have happened all the same. */
export function outcomeOf({ status }: Reply): 'ok' | 'fail' | 'unknown' {
  if (status === null || status >= 500) return 'unknown'
  return status < 300 ? 'ok' : 'fail'
}
