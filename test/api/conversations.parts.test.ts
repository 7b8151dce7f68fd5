// The HTTP contract of conversations and people, over real HTTP with the sandbox's tokens (C8, H2, T1, T3, T8).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escalate } from '../../src/kernel/escalate.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

const ada = 'customer:cust_1001'
const ben = 'customer:cust_1002'
const mia = 'agent:agent_mia'
const noah = 'agent:agent_noah'

describe.each(databaseKinds())('HTTP API on %s', (kind) => {
  let it: TestApi
  beforeAll(async () => {
    it = await startTestApi(kind)
  })
  afterAll(() => it.stop())

  const start = async (body: object = {}, as = ada) =>
    it.call('POST', '/v1/conversations', { as, body: { message: { text: 'hello' }, ...body } })
  const startedId = async () => String((await start()).body.conversation.id)
  const offered = async () => {
    const conversationId = await startedId()
    const offer = await escalate(it.kernel, { conversationId, reason: 'person_requested' })
    return { conversationId, handoffId: offer?.handoffId ?? '' }
  }

  test('a start is 201 with Location, the conversation and its message, and rings the bell (C8)', async () => {
    const { status, body, headers } = await start({
      channel: 'api',
      metadata: { page: 'home' },
      message: { id: 'a1', text: 'hi' },
    })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/conversations/${body.conversation.id}`)
    expect(body.conversation).toEqual({
      id: expect.stringMatching(/^conv_/),
      customer_id: 'cust_1001',
      channel: 'api',
      desk: 'test-desk',
      status: 'open',
      controlled_by: 'ai',
      intent: null,
      specialist: null,
      cost_usd: '0.000000',
      next: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
    await expect.poll(() => it.logged.join('')).toContain(`"conversation":"${body.conversation.id}"`)
    expect(body.message).toMatchObject({
      id: 'a1',
      seq: 1,
      role: 'customer',
      status: 'accepted',
      text: 'hi',
      in_reply_to: [],
    })
    await expect
      .poll(() => it.rung.filter(({ subject }) => subject.conversationId === body.conversation.id))
      .toEqual([
        {
          subject: expect.objectContaining({
            channel: 'api',
            desk: 'test-desk',
            subjectRef: expect.stringMatching(/^[0-9a-f]{32}$/),
          }),
          name: 'customerMessage',
          bell: { seq: 1, floor: 1 },
        },
      ])
  })

  test('a repeat answers with the same status and the same ids, another text with 422 (P2)', async () => {
    const first = await start({ message: { id: 'rep', text: 'one' } })
    const again = await start({ message: { id: 'rep', text: 'one' } })
    expect([again.status, again.body.conversation.id]).toEqual([201, first.body.conversation.id])
    const other = await start({ message: { id: 'rep', text: 'two' } })
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_conflict'])
    const path = `/v1/conversations/${first.body.conversation.id}/messages`
    const sent = () => it.call('POST', path, { as: ada, body: { text: 'x' }, headers: { 'idempotency-key': 'k-1' } })
    const [one, two] = [await sent(), await sent()]
    expect([one.status, two.status, two.body.message.id]).toEqual([202, 202, one.body.message.id])
  })

  test('fifty starts with one id in parallel make one conversation (P2)', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => start({ message: { id: 'p50', text: 'same' } })))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(all.map(({ body }) => body.conversation.id)).size).toBe(1)
  })

  test("another customer's conversation is not found anywhere (P6, T1)", async () => {
    const id = await startedId()
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/messages', undefined],
      ['GET', '/events', undefined],
      ['POST', '/messages', { text: 'x' }],
      ['POST', '/close', {}],
    ] as const) {
      const { status, body: problem } = await it.call(method, `/v1/conversations/${id}${path}`, { as: ben, body })
      expect([path, status, problem.code]).toEqual([path, 404, 'not_found'])
    }
    const { body } = await it.call('GET', '/v1/conversations', { as: ben })
    expect(body.data.map((one: { customer_id: string }) => one.customer_id)).not.toContain('cust_1001')
  })

  test('roles add up and are kept apart (T1)', async () => {
    const id = await startedId()
    const code = async (method: string, path: string, as: string | undefined, body?: object) => {
      const reply = await it.call(method, path, { ...(as ? { as } : {}), body })
      return [reply.status, reply.body.code]
    }
    expect(await code('POST', '/v1/conversations', mia, { message: { text: 'x' } })).toEqual([403, 'forbidden'])
    expect(await code('GET', '/v1/handoffs', ada)).toEqual([403, 'forbidden'])
    expect(await code('POST', `/v1/conversations/${id}/notes`, ada, { text: 'x' })).toEqual([403, 'forbidden'])
    expect(await code('GET', '/v1/audit', mia)).toEqual([403, 'forbidden'])
    expect(await code('GET', '/v1/audit', 'admin:admin_alex')).toEqual([200, undefined])
    expect(await code('GET', '/v1/handoffs', 'supervisor:supervisor_sara')).toEqual([200, undefined])
    expect(await code('GET', `/v1/conversations/${id}`, mia)).toEqual([200, undefined])
    expect(await code('GET', `/v1/conversations/${id}`, undefined)).toEqual([401, 'unauthenticated'])
  })

  test('a card number is masked in text, metadata, notes and replies, and the customer is told (P9)', async () => {
    const card = '4111 1111 1111 1111'
    const { body } = await start({ metadata: { note: card }, message: { text: `my card is ${card}` } })
    const id = String(body.conversation.id)
    expect(body.message.text).not.toContain('4111 1111')
    await it.call('POST', `/v1/conversations/${id}/replies`, {
      as: mia,
      body: { text: `yours: ${card}`, take_over: true },
    })
    await it.call('POST', `/v1/conversations/${id}/notes`, { as: mia, body: { text: `saw ${card}` } })
    expect((await it.call('GET', '/v1/conversations/4111111111111111', { as: mia })).status).toBe(404)
    const transcript = await it.call('GET', `/v1/conversations/${id}/messages`, { as: mia })
    expect(transcript.body.data.map((message: { role: string }) => message.role)).toEqual([
      'customer',
      'system',
      'human',
      'note',
    ])
    for (const table of ['conversations', 'messages', 'events', 'commands', 'audit_log'] as const) {
      const rows = await it.kernel.db.selectFrom(table).selectAll().execute()
      expect(JSON.stringify(rows)).not.toMatch(/4111[ -]?1111[ -]?1111[ -]?1111/)
    }
    await expect.poll(() => it.logged.join('')).toContain('/v1/conversations/************1111')
    expect(it.logged.join('')).not.toMatch(/4111[ -]?1111/)
    expect(it.logged.join('')).not.toContain('my card is')
  })

  test('lists page through everything once, newest first, and refuse bad cursors and filters (T3)', async () => {
    for (let count = 0; count < 5; count += 1) await start({}, 'customer:cust_1004')
    const seen: string[] = []
    let cursor = ''
    do {
      const path = `/v1/conversations?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
      const { body } = await it.call('GET', path, { as: 'customer:cust_1004' })
      seen.push(...body.data.map((one: { id: string }) => one.id))
      cursor = body.next_cursor ?? ''
    } while (cursor !== '')
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect(new Set(seen).size).toBe(5)
    for (const query of [
      'cursor=garbage',
      'cursor=WzFd',
      'status=nope',
      'limit=0',
      'limit=101',
      'unknown=1',
      'limit=1&limit=2',
    ]) {
      const { status, body } = await it.call('GET', `/v1/conversations?${query}`, { as: ada })
      expect([query, status, body.code]).toEqual([query, 422, 'invalid_request'])
    }
  })

  test('claim, reply, note, release, hand back and close work at API level (H2, H6)', async () => {
    const { conversationId, handoffId } = await offered()
    const claimed = await it.call('POST', `/v1/handoffs/${handoffId}/claim`, { as: mia })
    expect([claimed.status, claimed.body.handoff.state, claimed.body.handoff.claimed_by]).toEqual([
      200,
      'claimed',
      { id: 'agent_mia', name: 'Mia' },
    ])
    const lost = await it.call('POST', `/v1/handoffs/${handoffId}/claim`, { as: noah })
    expect([lost.status, lost.body.code, lost.body.claimed_by]).toEqual([
      409,
      'already_claimed',
      { id: 'agent_mia', name: 'Mia' },
    ])
    const path = `/v1/conversations/${conversationId}`
    const notYours = await it.call('POST', `${path}/replies`, { as: noah, body: { text: 'hi' } })
    expect([notYours.status, notYours.body.code]).toEqual([409, 'not_yours'])
    const reply = await it.call('POST', `${path}/replies`, { as: mia, body: { id: 'r1', text: 'hi' } })
    expect([reply.status, reply.body.message.role]).toEqual([201, 'human'])
    expect((await it.call('POST', `${path}/replies`, { as: mia, body: { id: 'r1', text: 'hi' } })).status).toBe(201)
    await it.call('POST', `${path}/notes`, { as: mia, body: { text: 'a secret' } })
    const customerSees = await it.call('GET', `${path}/messages`, { as: ada })
    expect(JSON.stringify(customerSees.body)).not.toContain('a secret')
    const released = await it.call('POST', `/v1/handoffs/${handoffId}/release`, { as: mia, body: {} })
    expect([released.status, released.body.handoff.state]).toEqual([200, 'offered'])
    await it.call('POST', `/v1/handoffs/${handoffId}/claim`, { as: noah })
    const back = await it.call('POST', `${path}/hand-back`, { as: noah, body: { note: 'all fine' } })
    expect([back.status, back.body.conversation.controlled_by]).toEqual([200, 'ai'])
    await it.kernel.db
      .updateTable('effects')
      .set({ state: 'settled' })
      .where('conversation_id', '=', conversationId)
      .execute()
    const closed = await it.call('POST', `${path}/close`, { as: ada })
    expect([closed.status, closed.body.conversation.status]).toEqual([200, 'closed'])
    expect((await it.call('POST', `${path}/close`, { as: mia })).status).toBe(200)
    const audit = await it.call('GET', `/v1/audit?conversation_id=${conversationId}`, {
      as: 'supervisor:supervisor_sara',
    })
    expect(audit.body.data.map((row: { action: string }) => row.action)).toContain('handoff.claimed')
    await expect
      .poll(() => it.rung.filter(({ subject }) => subject.conversationId === conversationId).map(({ name }) => name))
      .toEqual(
        expect.arrayContaining([
          'customerMessage',
          'handoffClaimed',
          'handoffReleased',
          'handedBack',
          'closeRequested',
        ]),
      )
  })

  test('a close with an open message says closing, and a new message cancels it (rule 7)', async () => {
    const id = await startedId()
    const asked = await it.call('POST', `/v1/conversations/${id}/close`, { as: ada })
    expect(asked.body.conversation).toMatchObject({ status: 'open', closing: true })
    await it.call('POST', `/v1/conversations/${id}/messages`, { as: ada, body: { text: 'no, wait' } })
    expect((await it.call('GET', `/v1/conversations/${id}`, { as: ada })).body).not.toHaveProperty('closing')
  })

  test('Prefer: wait holds until the message is settled, and says so (C8)', async () => {
    const id = await startedId()
    const waiting = it.call('POST', `/v1/conversations/${id}/messages`, {
      as: ada,
      body: { text: 'a person please' },
      headers: { prefer: 'respond-async, wait=20' },
    })
    await expect
      .poll(async () => (await it.call('GET', `/v1/conversations/${id}/messages`, { as: ada })).body.data.length)
      .toBe(2)
    await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
    const { status, headers, body } = await waiting
    expect([status, headers.get('preference-applied')]).toEqual([200, 'wait=20'])
    expect(body).toMatchObject({
      message: { status: 'handed_off' },
      // Which one depends on who was here a moment ago.
      reply: { role: 'system', text: expect.stringMatching(/^text: handoff_(acknowledged|nobody_online)$/) },
    })
    const poll = await it.call('GET', `/v1/conversations/${id}/messages/${body.message.id}`, { as: ada })
    expect(poll.body).toEqual({ id: body.message.id, status: 'handed_off', reply: body.reply })
  })

  test('Prefer: wait that is not settled in time answers as without it (C8)', async () => {
    const began = Date.now()
    const { status, headers } = await it.call('POST', '/v1/conversations', {
      as: ada,
      body: { message: { text: 'hello' } },
      headers: { prefer: 'wait=1' },
    })
    expect([status, headers.get('preference-applied')]).toEqual([201, null])
    expect(Date.now() - began).toBeGreaterThan(900)
  })

  test('data requests do not exist yet', async () => {
    for (const [method, path] of [
      ['GET', '/v1/customers/cust_1001/export'],
      ['DELETE', '/v1/customers/cust_1001'],
    ] as const) {
      const { status, body } = await it.call(method, path, { as: 'admin:admin_alex' })
      expect([path, status, body.code]).toEqual([path, 404, 'not_found'])
    }
  })
})
