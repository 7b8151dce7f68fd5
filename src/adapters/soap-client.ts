// Port SoapClient on the `soap` library. A description (WSDL) decides where calls go, so only the listed ones are read.
import { createClientAsync } from 'soap'
import type { Client } from 'soap'
import { OutsideError } from '../domain/errors.ts'
import type { JsonObject } from '../domain/json.ts'
import type { SoapCall, SoapClient } from '../ports/systems.ts'
import { startDeadline } from './deadline.ts'
import { parsePlainJson } from './plain-json.ts'
import { blamesCaller, businessFault, faultOf } from './soap-fault.ts'
import type { SoapCallOptions } from './soap-transport.ts'
import { soapTransport } from './soap-transport.ts'

const LOAD_TIMEOUT = 10_000

type Answer = Awaited<ReturnType<SoapClient['call']>>

/** `wsdls`: the addresses whose description may be read; each is read once, at its first call. */
export function createSoapClient(options: { wsdls: readonly string[] }): SoapClient {
  const allowed = new Set(options.wsdls)
  const clients = new Map<string, Promise<Client>>()

  const clientFor = (request: SoapCall): Promise<Client> => {
    if (!allowed.has(request.wsdl)) throw refused(request, `the description ${request.wsdl} is not on the list`)
    const known = clients.get(request.wsdl)
    if (known) return known
    const loading = load(request.wsdl, request.dependency)
    clients.set(request.wsdl, loading)
    // A system that was down at the first call must not stay unreadable for ever.
    loading.catch(() => clients.delete(request.wsdl))
    return loading
  }
  return { call: (request) => call(request, clientFor) }
}

async function call(request: SoapCall, clientFor: (request: SoapCall) => Promise<Client>): Promise<Answer> {
  const { dependency, timeout } = request
  const started = Date.now()
  const client = await waitFor(clientFor(request), request)
  const operation: unknown = client[`${request.operation}Async`]
  if (typeof operation !== 'function') throw refused(request, `no operation ${request.operation}`)
  const left = Math.max(1, timeout - (Date.now() - started))
  const options: SoapCallOptions = { dependency, timeout: left, ...(request.signal ? { signal: request.signal } : {}) }
  try {
    const answer: unknown = await operation(request.input, options)
    return { result: resultOf(answer, dependency) }
  } catch (error) {
    request.signal?.throwIfAborted()
    return readFailure(error, dependency)
  }
}

async function load(wsdl: string, dependency: string): Promise<Client> {
  const wsdlOptions: SoapCallOptions = { dependency, timeout: LOAD_TIMEOUT }
  try {
    return await createClientAsync(wsdl, {
      httpClient: soapTransport,
      wsdl_options: { ...wsdlOptions },
      disableCache: true,
      handleNilAsNull: true,
    })
  } catch (error) {
    const type = error instanceof OutsideError ? error.type : 'BackendError.Malformed'
    const message = `${dependency}: its description could not be read`
    throw new OutsideError(type, dependency, message, { ambiguous: false, cause: error })
  }
}

// The description is read for everybody, so one caller's end of patience must not end the reading.
async function waitFor(loading: Promise<Client>, request: SoapCall): Promise<Client> {
  const deadline = startDeadline(request.timeout, request.signal)
  const ended = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener('abort', () => {
      const message = `${request.dependency}: no description within ${request.timeout} ms`
      const late = new OutsideError('BackendError.Timeout', request.dependency, message, { ambiguous: false })
      reject(deadline.expired() ? late : deadline.signal.reason)
    })
  })
  try {
    return await Promise.race([loading, ended])
  } finally {
    deadline.end()
  }
}

function resultOf(answer: unknown, dependency: string): JsonObject {
  const result: unknown = Array.isArray(answer) ? answer[0] : undefined
  if (result === null) return {}
  // Dates and other classes become plain JSON.
  const plain = typeof result === 'object' ? parsePlainJson(JSON.stringify(result)) : undefined
  if (plain === undefined || plain === null || typeof plain !== 'object' || Array.isArray(plain)) {
    throw new OutsideError('BackendError.Malformed', dependency, `${dependency} answered without a result`)
  }
  return plain
}

function readFailure(error: unknown, dependency: string): Answer {
  if (error instanceof OutsideError) throw error
  const fault = faultOf(error)
  if (!fault) {
    throw new OutsideError(
      'BackendError.Malformed',
      dependency,
      `${dependency} answered with something that is not SOAP`,
      {
        cause: error,
      },
    )
  }
  const business = businessFault(fault)
  if (business) return { fault: business }
  if (blamesCaller(fault)) {
    throw new OutsideError('BackendError.Refused', dependency, `${dependency} did not accept the request`, {
      ambiguous: false,
    })
  }
  throw new OutsideError('BackendError.Unavailable', dependency, `${dependency} answered with a fault`)
}

const refused = (request: SoapCall, why: string): OutsideError =>
  new OutsideError('BackendError.Refused', request.dependency, `${request.dependency}: ${why}`, { ambiguous: false })
