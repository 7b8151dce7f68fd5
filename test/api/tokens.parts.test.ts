// Bearer tokens: issuer, audience, algorithm, expiry and role are checked, with an issuer whose keys the test holds [T1].
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { openStream } from '../support/sse.ts'

const kind = databaseKinds().at(-1) ?? 'pglite'

describe('tokens (T1)', () => {
  let it: TestApi
  let issuer: Awaited<ReturnType<typeof startIssuer>>
  beforeAll(async () => {
    issuer = await startIssuer()
    it = await startTestApi(kind, { issuer: issuer.url })
  })
  afterAll(async () => {
    await it.stop()
    await issuer.close()
  })

  const good = () => ({ iss: issuer.url, aud: 'everdesk', sub: 'someone', role: 'customer', exp: seconds(60) })
  const ask = async (token: string) => {
    const { status, body } = await it.call('GET', '/v1/conversations', {
      headers: { authorization: `Bearer ${token}` },
    })
    return [status, body.code]
  }

  test('a good token of ES256 or EdDSA signs in', async () => {
    expect(await ask(await issuer.sign(good()))).toEqual([200, undefined])
    expect(await ask(await issuer.sign(good(), 'EdDSA'))).toEqual([200, undefined])
  })

  test('another audience or issuer, an expired token, and one without expiry or subject are unauthenticated', async () => {
    const { exp: _exp, ...unending } = good()
    const { sub: _sub, ...nobody } = good()
    for (const claims of [
      { ...good(), aud: 'another-service' },
      { ...good(), iss: 'https://evil.test' },
      { ...good(), exp: seconds(-10) },
      { ...good(), sub: '' },
      { ...good(), sub: 'a\0b' },
      unending,
      nobody,
    ]) {
      expect([claims, ...(await ask(await issuer.sign(claims)))]).toEqual([claims, 401, 'unauthenticated'])
    }
  })

  test('another key and an algorithm that is not on the list are unauthenticated', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const foreign = await new SignJWT(good()).setProtectedHeader({ alg: 'ES256', kid: 'ES256' }).sign(privateKey)
    expect(await ask(foreign)).toEqual([401, 'unauthenticated'])
    const shared = new TextEncoder().encode('x'.repeat(32))
    const symmetric = await new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: 'ES256' }).sign(shared)
    expect(await ask(symmetric)).toEqual([401, 'unauthenticated'])
  })

  test('a token without a role of ours is forbidden, whatever its form', async () => {
    for (const role of [undefined, 'root', ['admin'], { admin: true }, '__proto__', 'Customer']) {
      expect([role, ...(await ask(await issuer.sign({ ...good(), role })))]).toEqual([role, 403, 'forbidden'])
    }
  })

  test('a subject of any characters is one customer, and a tier that is none is free', async () => {
    const token = await issuer.sign({ ...good(), sub: "Ünïcode|'; drop table customers --", tier: '__proto__' })
    const started = await it.call('POST', '/v1/conversations', {
      body: { message: { text: 'hello' } },
      headers: { authorization: `Bearer ${token}` },
    })
    expect([started.status, started.body.conversation.customer_id]).toEqual([201, "Ünïcode|'; drop table customers --"])
    expect(await ask(token)).toEqual([200, undefined])
  })

  test('a stream ends when its token does', async () => {
    const token = await issuer.sign({ ...good(), exp: seconds(3) })
    const authorization = `Bearer ${token}`
    const { body } = await it.call('POST', '/v1/conversations', {
      body: { message: { text: 'hello' } },
      headers: { authorization },
    })
    const stream = await openStream(`${it.url}/v1/conversations/${body.conversation.id}/events?after=0`, {
      authorization,
    })
    await stream.ended
    expect(stream.names()).toEqual(['message-accepted'])
    expect(await ask(token)).toEqual([401, 'unauthenticated'])
  })
})

const seconds = (from: number): number => Math.floor(Date.now() / 1000) + from

/** Discovery and keys over HTTP; `sign` makes any token. */
async function startIssuer() {
  const pairs = {
    ES256: await generateKeyPair('ES256', { extractable: true }),
    EdDSA: await generateKeyPair('EdDSA', { extractable: true }),
  }
  const keys = await Promise.all(
    Object.entries(pairs).map(async ([alg, { publicKey }]) => ({ ...(await exportJWK(publicKey)), alg, kid: alg })),
  )
  let url = ''
  const server = createServer((request, response) => {
    const isKeys = request.url === '/keys'
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isKeys ? { keys } : { issuer: url, jwks_uri: `${url}/keys` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    url,
    sign: (claims: JWTPayload, alg: keyof typeof pairs = 'ES256') =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: alg }).sign(pairs[alg].privateKey),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
