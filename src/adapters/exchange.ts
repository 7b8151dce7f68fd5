// One HTTP request and its whole answer as text. Everything that can go wrong below HTTP's status is mapped here, once,
// for REST and SOAP alike.
import { OutsideError } from '../domain/errors.ts'
import { startDeadline } from './deadline.ts'
import { networkFailure } from './network-failure.ts'

const LARGEST = 5 * 1024 * 1024

export type Exchange = {
  dependency: string
  method: string
  url: string
  headers: Record<string, string>
  body?: string
  /** Milliseconds, until the last byte of the answer. */
  timeout: number
  signal?: AbortSignal
}
export type ExchangeAnswer = { status: number; headers: Headers; text: string }

/** Any status is an answer here; redirects are not followed. The caller's abort is rethrown as it is. */
export async function exchange(call: Exchange): Promise<ExchangeAnswer> {
  const deadline = startDeadline(call.timeout, call.signal)
  try {
    const request = buildRequest(call, deadline.signal)
    const response = await fetch(request)
    return { status: response.status, headers: response.headers, text: await readCapped(response, call.dependency) }
  } catch (error) {
    if (error instanceof OutsideError) throw error
    if (deadline.expired()) {
      const message = `${call.dependency} did not answer within ${call.timeout} ms`
      throw new OutsideError('BackendError.Timeout', call.dependency, message, { cause: error })
    }
    call.signal?.throwIfAborted()
    const { kind, code, ambiguous } = networkFailure(error)
    throw new OutsideError(`BackendError.${kind}`, call.dependency, `${call.dependency} is not reachable (${code})`, {
      ambiguous,
      cause: error,
    })
  } finally {
    deadline.end()
  }
}

function buildRequest(call: Exchange, signal: AbortSignal): Request {
  try {
    // A redirect could lead anywhere, also inside our own network; nobody here needs one.
    return new Request(call.url, {
      method: call.method,
      headers: call.headers,
      redirect: 'manual',
      signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    })
  } catch (error) {
    const message = `The request to ${call.dependency} could not be built: check its URL and headers`
    throw new OutsideError('InternalError', call.dependency, message, { ambiguous: false, cause: error })
  }
}

async function readCapped(response: Response, dependency: string): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > LARGEST) {
      throw new OutsideError(
        'BackendError.Malformed',
        dependency,
        `${dependency} answered with more than ${LARGEST} bytes`,
      )
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
