// One line a request: ids, route, status and time. Never a header, query or body, because those hold tokens and text.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type HttpLogger, pinoHttp } from 'pino-http'
import { maskCardNumbers } from '../../guardrails/card-numbers.ts'
import type { Logger } from '../../telemetry/logger.ts'

/** W3C Trace Context: version, trace id, parent id, flags. */
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/
const REQUEST_ID = /^[A-Za-z0-9_-]{1,64}$/
const CONVERSATION = /^\/v1\/conversations\/([A-Za-z0-9_-]{1,64})(?:\/|$)/
const PROBES = new Set(['/livez', '/readyz', '/metrics'])

export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId(request, response) {
      const given = request.headers['x-request-id']
      const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
      response.setHeader('X-Request-Id', id)
      return id
    },
    customAttributeKeys: { reqId: 'request' },
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    autoLogging: { ignore: (request) => PROBES.has(pathOf(request)) },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: (request, response, value: object) => ({ ...value, ...line(request, response) }),
    customErrorObject: (request, response, _error, value: object) => ({ ...value, ...line(request, response) }),
  })
}

function line(request: IncomingMessage, response: ServerResponse) {
  // Whoever puts a card number into an address must not find it in our log (P9).
  const path = maskCardNumbers(pathOf(request)).text
  // A start has its conversation in the Location of its answer.
  const location = response.getHeader('location')
  const conversation = CONVERSATION.exec(typeof location === 'string' ? location : path)?.[1]
  return {
    trace: traceOf(request),
    method: request.method,
    // Only paths of ours are written as they are; anything else may hold anything.
    path: response.statusCode === 404 && !path.startsWith('/v1/') ? undefined : path.slice(0, 200),
    status: response.statusCode,
    ...(conversation === undefined ? {} : { conversation }),
  }
}

/** The caller's trace, or one that begins here; 32 hexadecimal digits. */
function traceOf(request: IncomingMessage): string {
  const parent = request.headers['traceparent']
  return TRACE_PARENT.exec(typeof parent === 'string' ? parent : '')?.[1] ?? randomUUID().replaceAll('-', '')
}

const pathOf = (request: IncomingMessage & { originalUrl?: string }): string =>
  (request.originalUrl ?? request.url ?? '').split('?')[0] ?? ''
