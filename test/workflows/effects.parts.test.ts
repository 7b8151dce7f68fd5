// P3 on real back ends with faults: what was sent is settled, looked up, or shown to a person; never guessed, never twice.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

let model: ScriptedModel
let desk: Everdesk
beforeAll(async () => {
  model = await startScriptedModel()
  desk = await startEverdesk({
    desk: 'test/support/desks/rehearsal.ts',
    model,
    policy: { effects: { sendLease: 2000, retryFirst: 200, retryMost: 1000 } },
  })
})
afterAll(async () => {
  await desk?.close()
  await model?.close()
})
afterEach(async () => {
  await desk.heal()
  model.reset()
})

const write = async (id: string, tool: string) =>
  (await desk.db.selectFrom('effects').selectAll().where('conversation_id', '=', id).execute()).find(
    (effect) => effect.tool === tool,
  )
const ended = (id: string, tool: string) =>
  desk.until(async () => {
    const found = await write(id, tool)
    return found?.ended_at ? found : null
  }, `${tool} ends`)
const booked = async (reference: string | undefined) =>
  (await desk.ledger()).filter((row) => row['kind'] === 'effect' && row['reference'] === reference)
const keyed = async (key: string | undefined) =>
  (await desk.ledger()).filter((row) => row['kind'] === 'effect' && row['idempotency_key'] === key)
const call = (tool: string, args: Record<string, unknown>) => ({ calls: [{ tool, arguments: args }] })

test('P3: a write without keys is booked once and said to be done only then', async () => {
  model.answers(call('apply_credit', { cents: 101 }), { text: 'The voucher has been booked.' })
  const { conversationId } = await desk.start('[account] a credit please')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({
    role: 'ai',
    text: 'The voucher has been booked.',
  })
  const effect = await write(conversationId, 'apply_credit')
  expect(effect).toMatchObject({ state: 'settled' })
  expect(await booked(effect?.key)).toHaveLength(1)
})

test('Rule 10: billing takes the write and drops the answer: a look-up settles it, and it is booked once', async () => {
  await desk.fault({ target: 'billing', kind: 'drop-after-effect', operation: 'ApplyCredit', count: 1 })
  model.answers(call('apply_credit', { cents: 102 }), { text: 'The voucher has been booked.' })
  const { conversationId } = await desk.start('[account] a credit please')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({
    role: 'ai',
    text: 'The voucher has been booked.',
  })
  const effect = await write(conversationId, 'apply_credit')
  expect(effect).toMatchObject({ state: 'settled' })
  expect(await booked(effect?.key)).toHaveLength(1)
})

test('Rule 10: billing fails before the write: unknown after the lease, a person rules, and nothing is sent twice', async () => {
  await desk.fault({ target: 'billing', kind: 'error-500', operation: 'ApplyCredit', count: 1 })
  model.answers(call('apply_credit', { cents: 103 }))
  const { conversationId } = await desk.start('[account] a credit please')
  const messages = await desk.settled(conversationId)
  expect(messages.at(-1)).toMatchObject({ role: 'system' })
  expect(messages.at(-1)?.text).toContain('nothing is done twice')
  const effect = await ended(conversationId, 'apply_credit')
  expect(effect.state).toBe('unknown')
  expect((effect.ended_at?.getTime() ?? 0) - (effect.sent_at?.getTime() ?? 0)).toBeGreaterThan(2000)
  expect(await booked(effect.key)).toEqual([])
  const handoff = await desk.db
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  expect(handoff).toMatchObject({ reason: 'unknown_outcome', priority: 'high' })
  const answers = (await desk.ledger()).filter((row) => row['operation'] === 'ApplyCredit')
  expect(answers.filter((row) => row['reference'] === effect.key)).toEqual([])
})

test('Rule 10: the unknown write keeps its lock: the same credit from another conversation does not run', async () => {
  const before = await desk.db.selectFrom('effects').select('id').where('state', '=', 'unknown').execute()
  expect(before.length).toBeGreaterThan(0)
  model.answers(call('apply_credit', { cents: 103 }), (prompt) => {
    expect(prompt.messages.at(-1)?.content).toContain('in_progress')
    return { text: 'It is under way elsewhere.' }
  })
  const { conversationId } = await desk.start('[account] a credit please')
  expect((await desk.settled(conversationId)).at(-1)?.text).toBe('It is under way elsewhere.')
  expect(await write(conversationId, 'apply_credit')).toBeUndefined()
})

test('P3: orders take the cancellation and drop the connection: cancelled once, and said so', async () => {
  await desk.fault({ target: 'orders', kind: 'drop-after-effect', count: 1 })
  model.answers(call('cancel_order', { order: '12346' }), { text: 'I have cancelled order 12346.' })
  const { conversationId } = await desk.start('[order] cancel 12346')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ text: 'I have cancelled order 12346.' })
  const effect = await write(conversationId, 'cancel_order')
  expect(effect).toMatchObject({ state: 'settled' })
  expect(await keyed(effect?.key)).toHaveLength(1)
})

test('Rule 10: the same write twice in a turn happens once, and each call hears the first outcome', async () => {
  const credit = call('apply_credit', { cents: 105 }).calls
  const heard = (prompt: { messages: { role: string; content?: unknown }[] }) =>
    prompt.messages.filter(({ role }) => role === 'tool').map(({ content }) => JSON.parse(String(content)))
  const booked105 = { outcome: 'ok', result: { booked: expect.anything() } }
  model.answers(
    { calls: [...credit, ...credit] },
    (prompt) => {
      expect(heard(prompt)).toEqual([booked105, booked105])
      return { calls: credit }
    },
    (prompt) => {
      expect(heard(prompt)).toEqual([booked105, booked105, booked105])
      return { text: 'The voucher has been booked.' }
    },
  )
  const { conversationId } = await desk.start('[account] a credit please, a credit please')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({
    role: 'ai',
    text: 'The voucher has been booked.',
  })
  expect(await booked((await write(conversationId, 'apply_credit'))?.key)).toHaveLength(1)
})

test('Rule 10: the same write in a later turn waits for a person', async () => {
  model.answers(call('apply_credit', { cents: 104 }), { text: 'The voucher has been booked.' })
  const { conversationId } = await desk.start('[account] a credit please')
  await desk.settled(conversationId)
  model.answers(call('apply_credit', { cents: 104 }))
  await desk.send(conversationId, '[account] the same again')
  await desk.settled(conversationId)
  const approvals = await desk.db
    .selectFrom('approvals')
    .select(['state', 'reasons'])
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(approvals).toEqual([{ state: 'pending', reasons: ['made_before'] }])
  const effect = await write(conversationId, 'apply_credit')
  expect(await booked(effect?.key)).toHaveLength(1)
})

test('H1: a ticket system that is down for a while gets its one ticket when it is back', async () => {
  await desk.fault({ target: 'ticketing', kind: 'error-500', count: 2 })
  const { conversationId } = await desk.start('[person] please')
  await desk.settled(conversationId)
  const ticket = await ended(conversationId, 'create_ticket')
  expect(ticket.state).toBe('settled')
  expect(await keyed(ticket.key)).toHaveLength(1)
  expect((await desk.conversation(conversationId)).ticket_id).toMatch(/\S/)
})
