// The HTTP under the `soap` library: our own exchange instead of its axios, so that time, abort, size and errors are
// those of every other call.
import type { IHttpClient } from 'soap'
import { OutsideError } from '../domain/errors.ts'
import { exchange } from './exchange.ts'
import type { ExchangeAnswer } from './exchange.ts'
import { isRecord } from './record.ts'
import { statusFailure } from './status-failure.ts'

/** Goes through the library untouched, as the options of one call. */
export type SoapCallOptions = { dependency: string; timeout: number; signal?: AbortSignal }

const ENVELOPE = /<(?:[\w.-]+:)?Envelope[\s>]/
const BODY = /<(?:[\w.-]+:)?Body[\s>]/
const EMPTY_BODY = /<(?:[\w.-]+:)?Body(?:\s[^>]*)?(?:\/>|>\s*<\/)/

type Callback = Parameters<IHttpClient['request']>[2]

/** Hands the library only what it can read: envelopes for calls, anything with status 200 for descriptions. */
export const soapTransport: IHttpClient = {
  request: (url, data: unknown, callback, headers, options: unknown) => {
    if (!isCallOptions(options)) throw new TypeError('A SOAP call needs its dependency and timeout')
    const body = typeof data === 'string' ? data : undefined
    const sending = exchange({
      dependency: options.dependency,
      method: body === undefined ? 'GET' : 'POST',
      url,
      headers: body === undefined ? {} : textHeaders(headers),
      timeout: options.timeout,
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    // The library looks at nothing but the callback.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return deliver(sending, body !== undefined, options.dependency, callback) as unknown as ReturnType<
      IHttpClient['request']
    >
  },
}

async function deliver(
  sending: Promise<ExchangeAnswer>,
  isCall: boolean,
  dependency: string,
  callback: Callback,
): Promise<void> {
  try {
    const { status, headers, text } = await sending
    if (isCall ? !ENVELOPE.test(text) : status !== 200) throw statusFailure(dependency, status, headers)
    // The library would take the envelope itself for the result.
    if (isCall && (!BODY.test(text) || EMPTY_BODY.test(text))) {
      throw new OutsideError('BackendError.Malformed', dependency, `${dependency} answered with an empty envelope`)
    }
    callback(null, { status, data: text, headers: {} }, text)
  } catch (error) {
    // Also what the library throws while it reads: without this its own promise would never settle.
    callback(error)
  }
}

const isCallOptions = (options: unknown): options is SoapCallOptions =>
  isRecord(options) && typeof options['dependency'] === 'string' && typeof options['timeout'] === 'number'

const textHeaders = (headers: unknown): Record<string, string> =>
  isRecord(headers) ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) : {}
