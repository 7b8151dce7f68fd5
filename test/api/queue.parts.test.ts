// The queue and the workspace over real HTTP [H5, T8]: who may read them, what they answer, and the stream that says when to look.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitReply } from '../../src/kernel/commit-reply.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { takeNext } from '../../src/kernel/take-next.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { openStream, type SseClient } from '../support/sse.ts'
import { usage } from '../support/kernel-story.ts'

const ada = 'customer:cust_1001'
const mia = 'agent:agent_mia'

describe.each(databaseKinds())('the queue over HTTP on %s', (kind) => {
  let it: TestApi
  const open: SseClient[] = []
  beforeAll(async () => {
    it = await startTestApi(kind)
  })
  afterAll(async () => {
    for (const stream of open) stream.close()
    await it.stop()
  })
  const start = async (text = 'hello') => {
    const { body } = await it.call('POST', '/v1/conversations', { as: ada, body: { message: { text } } })
    return String(body.conversation.id)
  }
  const follow = async (as = mia) => {
    const [role = '', sub = ''] = as.split(':')
    const stream = await openStream(`${it.url}/v1/queue/events`, {
      authorization: `Bearer ${await it.token(role, sub)}`,
    })
    open.push(stream)
    return stream
  }
  const countsOf = (stream: SseClient) => stream.events.at(-1)?.data['counts']

  test('customers see nothing of it, and a view must be named (T1, T3)', async () => {
    for (const path of ['/v1/queue?view=all', '/v1/queue/counts', '/v1/queue/events']) {
      expect((await it.call('GET', path, { as: ada })).status).toBe(403)
    }
    const id = await start()
    expect((await it.call('GET', `/v1/conversations/${id}/workspace`, { as: ada })).status).toBe(403)
    expect((await it.call('GET', '/v1/conversations/conv_none/workspace', { as: mia })).status).toBe(404)
    for (const query of ['', '?view=odd', '?view=all&q=', `?view=all&q=${'x'.repeat(101)}`, '?view=all&reason=A%00']) {
      expect((await it.call('GET', `/v1/queue${query}`, { as: mia })).status).toBe(422)
    }
  })

  test('the stream tells the counts at once, and again after a change', async () => {
    const stream = await follow()
    const second = await follow('agent:agent_tom')
    await expect.poll(() => stream.names()).toEqual(['queue-changed'])
    await expect.poll(() => second.names()).toEqual(['queue-changed'])
    expect(stream.events[0]?.id).toBeUndefined()
    const before = (await it.call('GET', '/v1/queue/counts', { as: mia })).body
    expect(countsOf(stream)).toEqual(before)
    const id = await start('I want a person')
    await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
    await expect.poll(() => countsOf(stream), { timeout: 5000 }).toMatchObject({ waiting: before.waiting + 1 })
    const [row] = (await it.call('GET', '/v1/queue?view=waiting', { as: mia })).body.data
    await it.call('POST', `/v1/handoffs/${row.handoff_id}/claim`, { as: mia })
    await expect.poll(() => countsOf(stream), { timeout: 5000 }).toMatchObject({ mine: before.mine + 1 })
    await expect.poll(() => countsOf(second), { timeout: 5000 }).toMatchObject({ waiting: before.waiting, mine: 0 })
  })

  test('the workspace shows how a conversation was answered, and that it was read is written down once (T8)', async () => {
    const id = await start('Where is order 12345?')
    const taken = await takeNext(it.kernel, { conversationId: id, events: 1 })
    const turn = taken?.next.kind === 'turn' ? taken.next.turn : 0
    const paid = { conversationId: id, turn, round: 1, text: 'It is on its way.', citations: [], usage: usage() }
    await commitReply(it.kernel, paid)
    const { status, body } = await it.call('GET', `/v1/conversations/${id}/workspace`, { as: mia })
    expect(status).toBe(200)
    expect(body.conversation).toMatchObject({ id, status: 'pending', next: { kind: 'follow_up' } })
    expect(body.next).toEqual(body.conversation.next)
    expect(body.customer).toMatchObject({ id: 'cust_1001', open: body.customer.conversations })
    expect(body.turns).toMatchObject([
      {
        number: 1,
        cause: 'messages',
        state: 'done',
        outcome: 'replied',
        model: 'test-small',
        cost_usd: '0.001000',
        input_tokens: 100,
        output_tokens: 10,
        calls: [],
      },
    ])
    expect(body.turns[0].message_ids).toHaveLength(1)
    expect(body.timeline.map((entry: { type: string }) => entry.type)).toEqual(['status-changed'])
    expect([body.handoffs, body.approvals, body.effects, body.feedback, body.rating]).toEqual([[], [], [], [], null])

    await it.call('GET', `/v1/conversations/${id}/workspace`, { as: mia })
    await it.call('GET', `/v1/conversations/${id}/messages`, { as: mia })
    await it.call('GET', `/v1/conversations/${id}/messages`, { as: ada })
    const rows = (await it.call('GET', `/v1/audit?conversation_id=${id}`, { as: 'supervisor:sup_1' })).body.data
    expect(rows.map((row: { action: string; actor: string }) => [row.action, row.actor])).toEqual([
      ['data.read', 'agent_mia'],
    ])
  })

  test('shutdown ends the stream (N4)', async () => {
    const stream = await follow()
    await expect.poll(() => stream.names()).toEqual(['queue-changed'])
    await it.closeApi()
    await stream.ended
  })
})
