// Guests over real HTTP: their token, what it opens, and whose their conversations become [L1, T1, T2, P6].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listenApi } from '../../src/api/listen.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { subjectRef } from '../../src/kernel/installation.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { openStream } from '../support/sse.ts'

const ada = 'customer:cust_1001'

describe.each(databaseKinds())('guests on %s', (kind) => {
  let it: TestApi
  beforeAll(async () => {
    it = await startTestApi(kind)
  })
  afterAll(() => it.stop())

  const guest = async () => {
    const { status, body } = await it.call('POST', '/v1/guests')
    expect(status).toBe(201)
    return { token: String(body.token), id: String(body.guest_id), headers: { authorization: `Bearer ${body.token}` } }
  }
  type Guest = Awaited<ReturnType<typeof guest>>
  const start = (who: Guest, message: object = { text: 'hello' }) =>
    it.call('POST', '/v1/conversations', { headers: who.headers, body: { message } })
  const claim = (as: string, token: string) => it.call('POST', '/v1/guests/claim', { as, body: { guest_token: token } })
  const read = (who: Guest, path: string) => it.call('GET', path, { headers: who.headers })

  test('a guest starts, reads and lists their own conversation, which says that it is a guest’s (L1)', async () => {
    const who = await guest()
    expect(who.id).toMatch(/^guest_[0-9a-f]{32}$/)
    const { status, body } = await start(who)
    expect(status).toBe(201)
    expect(body.conversation).toMatchObject({ customer_id: who.id, guest: true })
    const path = `/v1/conversations/${body.conversation.id}`
    expect((await read(who, path)).body.id).toBe(body.conversation.id)
    expect((await read(who, '/v1/conversations')).body.data.map(({ id }: { id: string }) => id)).toEqual([
      body.conversation.id,
    ])
    const identity = await it.kernel.db
      .selectFrom('identities')
      .selectAll()
      .where('subject', '=', who.id)
      .executeTakeFirstOrThrow()
    expect(identity).toMatchObject({ kind: 'guest', issuer: '', customer_id: who.id })
  })

  test('guests see nothing of each other, of customers, or of the desk (P6, T1)', async () => {
    const [one, other] = [await guest(), await guest()]
    const { body } = await start(one)
    const path = `/v1/conversations/${body.conversation.id}`
    for (const of of ['', '/messages', '/events']) expect((await read(other, path + of)).status).toBe(404)
    expect((await it.call('GET', path, { as: ada })).status).toBe(404)
    const ofAda = await it.call('POST', '/v1/conversations', { as: ada, body: { message: { text: 'mine' } } })
    expect((await read(one, `/v1/conversations/${ofAda.body.conversation.id}`)).status).toBe(404)
    for (const staffOnly of ['/v1/handoffs', '/v1/effects', '/v1/audit', '/v1/alerts']) {
      expect((await read(one, staffOnly)).body.code).toBe('forbidden')
    }
  })

  test('only our own key makes a guest: a changed, foreign or made-up token is 401 (T1)', async () => {
    const { SignJWT } = await import('jose')
    const who = await guest()
    const forged = await new SignJWT({ role: 'customer', guest: true, tenant: 'default' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('everdesk-guests')
      .setAudience('everdesk')
      .setSubject(who.id)
      .setExpirationTime('1h')
      .sign(Buffer.alloc(32, 7))
    const [head = '', , signature = ''] = who.token.split('.')
    const staff = Buffer.from(JSON.stringify({ sub: 'guest_x', role: 'admin', aud: 'everdesk' })).toString('base64url')
    for (const token of [forged, `${head}.${staff}.${signature}`, `${head}..`, `${head}.e30.`]) {
      const { status, body } = await it.call('GET', '/v1/conversations', {
        headers: { authorization: `Bearer ${token}` },
      })
      expect([status, body.code]).toEqual([401, 'unauthenticated'])
    }
  })

  test('every API process of an installation knows every guest (L1)', async () => {
    const other = await listenApi({
      host: '127.0.0.1',
      port: 0,
      kernel: it.kernel,
      bells: { ring: async () => undefined },
      issuer: `${it.sandbox.url}/oidc`,
      limits: { rateLimitScale: 1000, maxTurnsInFlight: 1, backlogLimit: 100 },
      web: { consoleClientId: 'a', chatClientId: 'b', embedOrigins: [] },
      logger: (await import('pino')).pino({ level: 'silent' }),
      metrics: it.metrics,
      version: '0',
      defaultDesk: 'test-desk',
      checks: { store: async () => undefined, temporal: async () => undefined },
    })
    const who = await guest()
    const answer = await fetch(`http://127.0.0.1:${other.port}/v1/conversations`, { headers: who.headers })
    expect(answer.status).toBe(200)
    await other.close()
  })

  test('who signs in takes the conversation along, once, and agents are told (L1, T8)', async () => {
    const who = await guest()
    const first = await start(who, { id: 'm1', text: 'hello' })
    const id = String(first.body.conversation.id)
    await it.call('POST', `/v1/conversations/${id}/messages`, { headers: who.headers, body: { text: 'more' } })
    await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
    const answers = await Promise.all([claim(ada, who.token), claim(ada, who.token)])
    expect(answers.map(({ status, body }) => [status, body.conversations])).toEqual([
      [200, [id]],
      [200, [id]],
    ])
    expect((await it.call('GET', `/v1/conversations/${id}`, { as: ada })).body).not.toHaveProperty('guest')
    const rows = await it.kernel.db
      .selectFrom('messages')
      .select('customer_id')
      .where('conversation_id', '=', id)
      .execute()
    expect(new Set(rows.map((row) => row.customer_id))).toEqual(new Set(['cust_1001']))
    const effects = await it.kernel.db
      .selectFrom('effects')
      .select('customer_id')
      .where('conversation_id', '=', id)
      .execute()
    expect(effects).toEqual([{ customer_id: 'cust_1001' }])
    const events = await it.kernel.db
      .selectFrom('events')
      .select(['type', 'audience', 'data'])
      .where('conversation_id', '=', id)
      .where('type', '=', 'customer-signed-in')
      .execute()
    expect(events).toEqual([
      { type: 'customer-signed-in', audience: 'agents', data: { customer_id: 'cust_1001', guest_id: who.id } },
    ])
    const audit = await it.call('GET', `/v1/audit?conversation_id=${id}`, { as: 'supervisor:sup_jonas' })
    expect(audit.body.data.map(({ action }: { action: string }) => action)).toContain('guest.claimed')

    expect((await read(who, `/v1/conversations/${id}`)).status).toBe(404)
    expect((await read(who, '/v1/conversations')).body.data).toEqual([])
    expect((await start(who, { text: 'again' })).body.code).toBe('unauthenticated')
  })

  test('of a guest who signed in only whom they became is left, and runs are told whose conversation it is (L1, T10)', async () => {
    const who = await guest()
    const begun = await Promise.all([start(who), start(who)])
    const [open = '', closed = ''] = begun.map(({ body }) => String(body.conversation.id))
    await it.kernel.db.updateTable('conversations').set({ status: 'closed' }).where('id', '=', closed).execute()
    const bells = () => it.rung.filter(({ name }) => name === 'customerSignedIn').map(({ subject }) => subject)
    for (const times of [1, 2]) {
      expect((await claim(ada, who.token)).body.conversations.toSorted()).toEqual([open, closed].toSorted())
      await expect.poll(() => bells().filter(({ conversationId }) => conversationId === open)).toHaveLength(times)
    }
    expect(bells().map(({ conversationId }) => conversationId)).not.toContain(closed)
    expect(bells().at(-1)?.subjectRef).toBe(await subjectRef(it.kernel, 'cust_1001'))
    const rows = it.kernel.db.selectFrom('customers').select('id').where('id', '=', who.id)
    expect(await rows.execute()).toEqual([])
    const identities = it.kernel.db.selectFrom('identities').select('customer_id').where('subject', '=', who.id)
    expect(await identities.execute()).toEqual([{ customer_id: 'cust_1001' }])
    expect((await start(who)).body.code).toBe('unauthenticated')
    expect(await rows.execute()).toEqual([])
  })

  test('a start whose answer was lost is found again after signing in, not doubled (P2)', async () => {
    const who = await guest()
    const { body } = await start(who, { id: `lost-${who.id.slice(-8)}`, text: 'hello' })
    await claim(ada, who.token)
    const again = await it.call('POST', '/v1/conversations', {
      as: ada,
      body: { message: { id: `lost-${who.id.slice(-8)}`, text: 'hello' } },
    })
    expect([again.status, again.body.conversation.id]).toEqual([201, body.conversation.id])
  })

  test('a guest and a customer who used one first id keep both conversations (P2)', async () => {
    const who = await guest()
    const theirs = await start(who, { id: 'same-id', text: 'of the guest' })
    const own = await it.call('POST', '/v1/conversations', {
      as: 'customer:cust_1004',
      body: { message: { id: 'same-id', text: 'of the customer' } },
    })
    const claimed = await claim('customer:cust_1004', who.token)
    expect(claimed.body.conversations).toEqual([theirs.body.conversation.id])
    const again = await it.call('POST', '/v1/conversations', {
      as: 'customer:cust_1004',
      body: { message: { id: 'same-id', text: 'of the customer' } },
    })
    expect(again.body.conversation.id).toBe(own.body.conversation.id)
  })

  test('nobody else can take a guest who has signed in, and guests claim nobody (P6)', async () => {
    const who = await guest()
    const { body } = await start(who)
    await claim(ada, who.token)
    expect((await claim('customer:cust_1002', who.token)).status).toBe(409)
    expect((await it.call('GET', `/v1/conversations/${body.conversation.id}`, { as: ada })).status).toBe(200)
    const other = await guest()
    const byGuest = await it.call('POST', '/v1/guests/claim', {
      headers: other.headers,
      body: { guest_token: other.token },
    })
    expect(byGuest.body.code).toBe('forbidden')
    expect((await claim('agent:agent_mia', other.token)).body.code).toBe('forbidden')
    expect((await claim(ada, 'nonsense')).body.errors).toEqual([{ pointer: '/guest_token', detail: 'Not valid.' }])
    expect((await claim(ada, await it.token('customer', 'cust_1002'))).status).toBe(422)
  })

  test('the stream of the guest’s token ends when the conversation becomes a customer’s; the customer’s goes on (P6)', async () => {
    const who = await guest()
    const { body } = await start(who)
    const path = `/v1/conversations/${body.conversation.id}`
    const stream = await openStream(`${it.url}${path}/events?after=0`, who.headers)
    await expect.poll(() => stream.events.length).toBe(1)
    await claim(ada, who.token)
    await it.call('POST', `${path}/messages`, { as: ada, body: { text: 'mine alone' } })
    await stream.ended
    expect(stream.names()).toEqual(['message-accepted'])
    const headers = { authorization: `Bearer ${await it.token('customer', 'cust_1001')}` }
    const own = await openStream(`${it.url}${path}/events?after=0`, headers)
    await expect.poll(() => own.names()).toEqual(['message-accepted', 'message-accepted'])
    own.close()
  })

  test('a customer’s token of the issuer never passes for a guest (P6)', async () => {
    const created = await guest()
    const sub = created.id
    const grant = { grant_type: 'urn:everdesk:demo', client_id: 'everdesk-demo', role: 'agent', sub }
    const answer = await fetch(`${it.sandbox.url}/oidc/token`, { method: 'POST', body: new URLSearchParams(grant) })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const refused = await it.call('GET', '/v1/conversations', { headers: { authorization: `Bearer ${token}` } })
    expect(refused.status).toBe(401)
  })
})

describe('limits of guests', () => {
  const kind = databaseKinds().at(-1) ?? 'pglite'
  let it: TestApi
  beforeAll(async () => {
    it = await startTestApi(kind, {
      limits: { rateLimitScale: 1, maxTurnsInFlight: 200, backlogLimit: 1000 },
      trustedProxies: 1,
    })
  })
  afterAll(() => it.stop())

  test('new guests are counted by address, as the proxy in front names it (T2)', async () => {
    const from = (address: string) => it.call('POST', '/v1/guests', { headers: { 'x-forwarded-for': address } })
    const answers = await Promise.all(Array.from({ length: 31 }, () => from('203.0.113.7')))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(30)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
    expect(answers.find(({ status }) => status === 429)?.headers.get('ratelimit-policy')).toContain(
      '"guests";q=30;w=3600',
    )
    expect((await from('203.0.113.8')).status).toBe(201)
  })

  test('a guest has the ten messages an hour of the tier free (T2)', async () => {
    const { body } = await it.call('POST', '/v1/guests')
    const headers = { authorization: `Bearer ${body.token}` }
    const send = () => it.call('POST', '/v1/conversations', { headers, body: { message: { text: 'hello' } } })
    const answers = await Promise.all(Array.from({ length: 11 }, send))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
  })
})
