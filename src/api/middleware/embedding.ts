// Pages of other origins that carry the chat widget may ask the API, when they are named in EMBED_ORIGINS. Tokens travel in
// headers only, so credentials are never allowed; whoever is not named gets no header, and the browser keeps the answer away.
import type { RequestHandler } from 'express'

const SENT = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Prefer'
const METHODS = 'GET, POST, DELETE'
const SHOWN = 'Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'
/** Seconds a browser may remember the answer to a preflight. */
const REMEMBER = '600'

/** `origins` are exact, such as `https://shop.example`. */
export function embedding(origins: readonly string[]): RequestHandler {
  const named = new Set(origins)
  return (request, response, next) => {
    response.vary('Origin')
    const origin = request.get('Origin')
    if (origin === undefined || !named.has(origin)) {
      next()
      return
    }
    response.set('Access-Control-Allow-Origin', origin)
    if (request.method === 'OPTIONS' && request.get('Access-Control-Request-Method') !== undefined) {
      response
        .set('Access-Control-Allow-Methods', METHODS)
        .set('Access-Control-Allow-Headers', SENT)
        .set('Access-Control-Max-Age', REMEMBER)
        .status(204)
        .end()
      return
    }
    response.set('Access-Control-Expose-Headers', SHOWN)
    next()
  }
}
