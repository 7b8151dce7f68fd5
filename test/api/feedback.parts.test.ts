// What customers think [H7]: who may say it of what, that it is said once, and what it is tied to.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitReply } from '../../src/kernel/commit-reply.ts'
import { takeNext } from '../../src/kernel/take-next.ts'
import { observeCommitted } from '../../src/telemetry/observe.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { usage } from '../support/kernel-story.ts'
import { openStream } from '../support/sse.ts'

const ada = 'customer:cust_1001'
const mia = 'agent:agent_mia'

describe.each(databaseKinds())('feedback on %s', (kind) => {
  let it: TestApi
  let id: string
  let replyId: string
  let questionId: string
  const metrics = createMetrics()
  beforeAll(async () => {
    it = await startTestApi(kind, {}, async (kernel) => ({
      ...kernel,
      observe: (committed) => observeCommitted(metrics, committed),
    }))
    const { body } = await it.call('POST', '/v1/conversations', { as: ada, body: { message: { text: 'hello' } } })
    id = String(body.conversation.id)
    questionId = String(body.message.id)
    const taken = await takeNext(it.kernel, { conversationId: id, events: 1 })
    const turn = taken?.next.kind === 'turn' ? taken.next.turn : 0
    await it.kernel.db
      .updateTable('turns')
      .set({ intent: 'order', specialist: 'order' })
      .where('conversation_id', '=', id)
      .execute()
    const paid = { ...usage(), promptVersion: 'p-1' }
    await commitReply(it.kernel, { conversationId: id, turn, round: 1, text: 'Hi.', citations: [], usage: paid })
    const { data } = (await it.call('GET', `/v1/conversations/${id}/messages`, { as: ada })).body
    replyId = data.at(-1).id
  })
  afterAll(() => it.stop())
  const give = (body: object, options: { as?: string; key?: string } = {}) =>
    it.call('POST', `/v1/conversations/${id}/feedback`, {
      as: options.as ?? ada,
      body,
      ...(options.key ? { headers: { 'idempotency-key': options.key } } : {}),
    })
  const row = () => it.kernel.db.selectFrom('feedback').selectAll().where('message_id', '=', replyId).execute()

  test('a thumb is kept with the specialist, model, prompt and policy that wrote the reply', async () => {
    const authorization = `Bearer ${await it.token('agent', 'agent_mia')}`
    const console = await openStream(`${it.url}/v1/conversations/${id}/events`, { authorization })
    const chat = await openStream(`${it.url}/v1/conversations/${id}/events`, {
      authorization: `Bearer ${await it.token('customer', 'cust_1001')}`,
    })
    const { status, body } = await give({ message_id: replyId, rating: 'down', comment: 'card 4111 1111 1111 1111' })
    expect(status).toBe(201)
    expect(body.feedback).toMatchObject({ message_id: replyId, rating: 'down' })
    expect(body.feedback.comment).not.toContain('4111')
    expect(await row()).toMatchObject([
      {
        rating: 'down',
        said_by: 'ai',
        intent: 'order',
        specialist: 'order',
        model: 'test-small',
        prompt_version: 'p-1',
        policy_version: 'test-1',
      },
    ])
    await expect.poll(() => console.names(), { timeout: 5000 }).toContain('feedback-given')
    expect(chat.names()).not.toContain('feedback-given')
    console.close()
    chat.close()
    expect(await metrics.registry.metrics()).toContain(
      'everdesk_feedback_total{rating="down",specialist="order",model="test-small"} 1',
    )
  })

  test('another thumb replaces the first, the same one changes nothing, and a repeated key returns its outcome', async () => {
    expect((await give({ message_id: replyId, rating: 'up' }, { key: 'k1' })).body.feedback.rating).toBe('up')
    expect((await give({ message_id: replyId, rating: 'up' })).status).toBe(201)
    expect((await give({ message_id: replyId, rating: 'down' }, { key: 'k1' })).body.code).toBe('idempotency_conflict')
    expect((await give({ message_id: replyId, rating: 'up' }, { key: 'k1' })).status).toBe(201)
    expect(await row()).toMatchObject([{ rating: 'up', comment: null }])
    const told = await it.kernel.db
      .selectFrom('events')
      .select('seq')
      .where('conversation_id', '=', id)
      .where('type', '=', 'feedback-given')
      .execute()
    expect(told).toHaveLength(2)
  })

  test('only the owner rates, and only replies of the AI or a person', async () => {
    expect((await give({ message_id: replyId, rating: 'up' }, { as: mia })).status).toBe(403)
    expect((await give({ message_id: replyId, rating: 'up' }, { as: 'customer:cust_1002' })).status).toBe(404)
    for (const message_id of [questionId, 'msg_none']) {
      const { status, body } = await give({ message_id, rating: 'up' })
      expect([status, body.errors[0].pointer]).toEqual([422, '/message_id'])
    }
    const note = await it.call('POST', `/v1/conversations/${id}/notes`, { as: mia, body: { text: 'internal' } })
    expect((await give({ message_id: note.body.message.id, rating: 'up' })).status).toBe(422)
    expect((await give({ message_id: replyId, rating: 'sideways' })).status).toBe(422)
  })

  test('a person is rated as a person', async () => {
    const { body } = await it.call('POST', `/v1/conversations/${id}/replies`, {
      as: mia,
      body: { text: 'Mia here', take_over: true },
    })
    expect((await give({ message_id: body.message.id, rating: 'up' })).status).toBe(201)
    const kept = await it.kernel.db
      .selectFrom('feedback')
      .selectAll()
      .where('message_id', '=', body.message.id)
      .executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ said_by: 'human', model: null, specialist: null })
  })

  test('the whole is rated from one to five, the last word counts, and owner and staff read all of it', async () => {
    const rate = (body: object) => it.call('POST', `/v1/conversations/${id}/rating`, { as: ada, body })
    expect((await rate({ score: 6 })).status).toBe(422)
    expect((await rate({ score: 2, comment: 'slow' })).status).toBe(201)
    expect((await rate({ score: 4 })).body.rating).toMatchObject({ score: 4, comment: null })
    for (const as of [ada, mia]) {
      const { body } = await it.call('GET', `/v1/conversations/${id}/feedback`, { as })
      expect(body).toMatchObject({
        data: [{ rating: 'up' }, { rating: 'up' }],
        next_cursor: null,
        rating: { score: 4 },
      })
    }
    expect((await it.call('GET', `/v1/conversations/${id}/feedback`, { as: 'customer:cust_1002' })).status).toBe(404)
    const { body } = await it.call('GET', `/v1/conversations/${id}/workspace`, { as: mia })
    expect(body).toMatchObject({ feedback: [{ message_id: replyId }, {}], rating: { score: 4 } })
    expect(body.turns[0]).toMatchObject({ model: 'test-small', prompt_version: 'p-1', policy_version: 'test-1' })
  })
})
