// What the token endpoint says, told apart: a refusal ends a sign-in, an issuer that is away or busy does not.
import { afterEach, expect, test, vi } from 'vitest'
import { askForTokens, SignInError } from '../../../web/shared/issuer.ts'

afterEach(() => vi.unstubAllGlobals())

async function fault(answer: Response | TypeError): Promise<string> {
  vi.stubGlobal('fetch', async () => {
    if (answer instanceof TypeError) throw answer
    return answer
  })
  const asked = askForTokens('https://login.example/token', { grant_type: 'refresh_token' })
  const error = await asked.catch((thrown: unknown) => thrown)
  return error instanceof SignInError ? `${error.fault} ${error.code ?? ''}`.trim() : 'answered'
}
const json = (status: number, body: object) => new Response(JSON.stringify(body), { status })

test.each([
  ['a refresh token that is void', json(400, { error: 'invalid_grant' }), 'refused invalid_grant'],
  ['a client that is not known', json(401, { error: 'invalid_client' }), 'refused invalid_client'],
  ['an issuer that is busy', json(429, { error: 'slow_down' }), 'issuer_away'],
  ['an issuer that failed', json(503, {}), 'issuer_away'],
  ['no JSON', new Response('<html>', { status: 200 }), 'issuer_away'],
  ['no connection', new TypeError('fetch failed'), 'issuer_away'],
  ['tokens', json(200, { access_token: 'a.b.c' }), 'answered'],
])('%s', async (_what, answer, expected) => {
  expect(await fault(answer)).toBe(expected)
})
