import { createHash, randomBytes } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSandbox } from './running.ts'
import type { TestSandbox } from './running.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.stop())

async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${sandbox.url()}/oidc/token`, { method: 'POST', body: new URLSearchParams(form) })
  const body: Record<string, unknown> = JSON.parse(await response.text())
  return { status: response.status, body }
}

async function verify(jwt: unknown): Promise<unknown> {
  const keys = createRemoteJWKSet(new URL(`${sandbox.url()}/oidc/jwks`))
  const { payload } = await jwtVerify(String(jwt), keys, {
    issuer: `${sandbox.url()}/oidc`,
    audience: 'everdesk',
    typ: 'at+jwt',
    algorithms: ['ES256'],
  })
  return payload
}

const demo = { grant_type: 'urn:everdesk:demo', client_id: 'everdesk-demo' }

test('the demo grant mints a token of a seeded customer that holds after a restart', async () => {
  const { status, body } = await token({ ...demo, role: 'customer', sub: 'cust_1001' })
  expect({ status, type: body['token_type'], life: body['expires_in'] }).toEqual({
    status: 200,
    type: 'Bearer',
    life: 43_200,
  })
  const claims = { sub: 'cust_1001', role: 'customer', tier: 'premium', name: 'Ada Park' }
  expect(await verify(body['access_token'])).toMatchObject(claims)
  await sandbox.restart()
  expect(await verify(body['access_token'])).toMatchObject(claims)
})

test('staff may have any sub and get a name from it', async () => {
  const { body } = await token({ ...demo, role: 'supervisor', sub: 'supervisor_jo' })
  expect(await verify(body['access_token'])).toMatchObject({ sub: 'supervisor_jo', role: 'supervisor', name: 'Jo' })
})

test('unknown customers and roles are refused', async () => {
  expect(await token({ ...demo, role: 'customer', sub: 'cust_9999' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  })
  expect(await token({ ...demo, role: 'king', sub: 'x' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  })
})

test('the console signs a person in with authorization code and PKCE', async () => {
  const verifier = randomBytes(32).toString('base64url')
  const redirect = 'http://127.0.0.1:45678/console/callback'
  const query = new URLSearchParams({
    client_id: 'everdesk-console',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: redirect,
    state: 's1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const jar = new Map<string, string>()
  const visit = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(url, sandbox.url()), {
      ...init,
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const place = (response: Response): string => response.headers.get('location') ?? ''
  const signIn = place(await visit(`/oidc/auth?${query.toString()}`))
  expect(await (await visit(signIn)).text()).toContain('agent_mia')
  const chosen = await visit(signIn, { method: 'POST', body: new URLSearchParams({ role: 'agent', sub: 'agent_mia' }) })
  const back = place(await visit(place(chosen)))
  expect(back).toMatch(/^http:\/\/127\.0\.0\.1:45678\/console\/callback\?code=/)
  const { status, body } = await token({
    grant_type: 'authorization_code',
    client_id: 'everdesk-console',
    redirect_uri: redirect,
    code: new URL(back).searchParams.get('code') ?? '',
    code_verifier: verifier,
  })
  expect(status).toBe(200)
  expect(await verify(body['access_token'])).toMatchObject({ sub: 'agent_mia', role: 'agent', name: 'Mia' })
})
