// H2, H4: what the console does with handoffs, over HTTP: seen, transfer, who is there, and who is away.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { escalate } from '../../src/kernel/escalate.ts'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

let it: TestApi
beforeAll(async () => {
  it = await startTestApi(databaseKinds().at(-1) ?? 'pglite')
})
afterAll(() => it?.stop())

const customer = { as: 'customer:cust_1001' }
async function offered() {
  const begun = await post('/v1/conversations', customer.as, { message: { text: 'a person' } })
  const id = begun.body.conversation.id as string
  const offer = await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
  return { id, path: `/v1/handoffs/${offer?.handoffId ?? ''}` }
}
/** Ends when its bell has rung too, so that bells can be counted. */
async function post(path: string, as: string, body: unknown = {}) {
  const reply = await it.call('POST', path, { as, body })
  await it.settled()
  return reply
}

test('H4: whoever of the staff asks for anything is online, and a customer then hears of a person; away is away', async () => {
  const people = async () => (await it.call('GET', '/v1/people', { as: 'supervisor:sup_1' })).body.data
  expect(await people()).toMatchObject([{ id: 'sup_1', role: 'supervisor', online: true }])
  await it.call('GET', '/v1/handoffs', { as: 'agent:agent_1' })
  expect((await people()).map(({ id, online }: { id: string; online: boolean }) => [id, online])).toEqual([
    ['agent_1', true],
    ['sup_1', true],
  ])
  const first = await offered()
  const said = async ({ id }: { id: string }) =>
    (await it.call('GET', `/v1/conversations/${id}/messages`, customer)).body.data.at(-1).text as string
  expect(await said(first)).toBe('text: handoff_acknowledged')
  for (const who of ['agent:agent_1', 'supervisor:sup_1']) {
    expect(await post('/v1/presence', who, { away: true })).toMatchObject({ status: 200, body: { away: true } })
  }
  expect(await said(await offered())).toBe('text: handoff_nobody_online')
  await post('/v1/presence', 'agent:agent_1', { away: false })
  expect(await said(await offered())).toBe('text: handoff_acknowledged')
  expect((await it.call('GET', '/v1/people', customer)).status).toBe(403)
  expect((await post('/v1/presence', 'customer:cust_1001', { away: true })).status).toBe(403)
  expect((await post('/v1/presence', 'agent:agent_1', { away: 'yes' })).status).toBe(422)
})

test('H2: seen, claimed, given to a colleague, claimed by them: each step rings only where a deadline changed', async () => {
  const { id, path } = await offered()
  await it.call('GET', '/v1/people', { as: 'agent:agent_2' })
  const seen = await post(`${path}/seen`, 'agent:agent_1')
  expect([seen.status, seen.body.handoff.state]).toEqual([200, 'seen'])
  expect(it.rung.filter(({ subject }) => subject.conversationId === id).map(({ name }) => name)).toEqual([
    'customerMessage',
  ])
  expect((await post(`${path}/transfer`, 'agent:agent_1', { to: { agent_id: 'agent_2' } })).body.code).toBe('not_yours')
  await post(`${path}/claim`, 'agent:agent_1')
  const given = await post(`${path}/transfer`, 'agent:agent_1', { to: { agent_id: 'agent_2' }, note: 'knows lamps' })
  expect(given.status).toBe(200)
  expect(given.body.handoff).toMatchObject({
    state: 'offered',
    offers: 2,
    next_step: 'offer_again',
    assigned_to: { id: 'agent_2' },
    brief: {
      suggested_next_step: 'Greet and take over: the customer asked for a person.',
      customer: { id: 'cust_1001' },
      expected_at: expect.stringMatching(/Z$/),
    },
  })
  const refused = await post(`${path}/claim`, 'agent:agent_1')
  expect([refused.status, refused.body]).toEqual([
    409,
    expect.objectContaining({ code: 'assigned_to_other', assigned_to: expect.objectContaining({ id: 'agent_2' }) }),
  ])
  expect((await post(`${path}/claim`, 'agent:agent_2')).body.handoff.claimed_by.id).toBe('agent_2')
  expect(it.rung.filter(({ subject }) => subject.conversationId === id).map(({ name }) => name)).toEqual([
    'customerMessage',
    'handoffClaimed',
    'handoffReleased',
    'handoffClaimed',
  ])
  const events = (await it.kernel.db.selectFrom('events').selectAll().where('conversation_id', '=', id).execute()).map(
    ({ type, audience }) => `${type} ${audience}`,
  )
  expect(events).toEqual(expect.arrayContaining(['handoff-seen agents', 'note-added agents', 'handoff-released all']))
})

test('H4: a customer’s message to a person who had answered rings, since their word is due now', async () => {
  const { id, path } = await offered()
  const rings = () => it.rung.filter(({ subject }) => subject.conversationId === id).length
  await post(`${path}/claim`, 'agent:agent_1')
  await post(`/v1/conversations/${id}/replies`, 'agent:agent_1', { text: 'hello' })
  const before = rings()
  await post(`/v1/conversations/${id}/messages`, customer.as, { text: 'and then?' })
  expect(rings()).toBe(before + 1)
  await post(`/v1/conversations/${id}/messages`, customer.as, { text: 'hello?' })
  expect(rings()).toBe(before + 1)
})

test.each([
  [{ to: { team: 'nobody' } }, '/to/team'],
  [{ to: { agent_id: 'agent_unknown' } }, '/to/agent_id'],
  [{ to: {} }, undefined],
  [{ to: { team: 'a', agent_id: 'b' } }, undefined],
  [{}, undefined],
])('H2: a transfer to %o is refused, and the handoff stays whose it is', async (body, pointer) => {
  const { path } = await offered()
  await post(`${path}/claim`, 'agent:agent_1')
  const refused = await post(`${path}/transfer`, 'agent:agent_1', body)
  expect([refused.status, refused.body.code]).toEqual([422, 'invalid_request'])
  if (pointer) expect(refused.body.errors[0].pointer).toBe(pointer)
  expect((await post(`${path}/claim`, 'agent:agent_1')).body.handoff.state).toBe('claimed')
})
