// A model that asks for a write it may not make (P3, P6, S1): it runs nowhere, and either the model is told or a person gets it.
// A write that is reserved for people stands in test/workflows/turn.parts.test.ts too; here are all ways to it side by side.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

let model: ScriptedModel
let desk: Everdesk
beforeAll(async () => {
  model = await startScriptedModel()
  // The shop itself: its specialists have only the tools of their area.
  desk = await startEverdesk({ model })
})
afterAll(async () => {
  await desk?.close()
  await model?.close()
})
afterEach(() => model.reset())

const call = (tool: string, args: Record<string, unknown> = {}) => ({ calls: [{ tool, arguments: args }] })
/** Everything that really happened at the back ends, tickets of handoffs aside. */
const happened = async () =>
  (await desk.ledger()).filter((row) => row['kind'] === 'effect' && row['operation'] !== 'create_ticket')
const writes = (id: string) =>
  desk.db
    .selectFrom('effects')
    .select(['tool', 'authority'])
    .where('conversation_id', '=', id)
    .where('authority', '!=', 'handoff')
    .execute()

async function expectPersonAndNothingElse(conversationId: string, reason: string): Promise<void> {
  const messages = await desk.settled(conversationId)
  expect(messages.map(({ role, status }) => [role, status])).toEqual([
    ['customer', 'handed_off'],
    ['system', null],
  ])
  const handoff = await desk.db
    .selectFrom('handoffs')
    .select(['reason', 'state'])
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  expect(handoff).toEqual({ reason, state: 'offered' })
  expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'human' })
  expect(await writes(conversationId)).toEqual([])
  expect(await happened()).toEqual([])
}

async function expectApprovalsAndNothingElse(conversationId: string, tools: string[]): Promise<void> {
  const messages = await desk.settled(conversationId)
  expect(messages.map(({ role, status }) => [role, status])).toEqual([
    ['customer', 'answered'],
    ['ai', null],
  ])
  const approvals = await desk.db
    .selectFrom('approvals')
    .select(['tool', 'state'])
    .where('conversation_id', '=', conversationId)
    .orderBy('tool')
    .execute()
  expect(approvals).toEqual(tools.map((tool) => ({ tool, state: 'pending' })))
  expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'ai', status: 'pending' })
  expect(await writes(conversationId)).toEqual([])
  expect(await happened()).toEqual([])
  // What waits for a decision keeps others off its order, in other conversations too.
  await closeByCommand(desk.kernel, { conversationId, actor: { id: 'agent_mia', name: 'Mia', role: 'agent' } })
}

test('S1: one that needs a person’s consent: nothing runs, and a person is asked', async () => {
  model.answers(call('cancel_order', { order: '12345' }))
  const { conversationId } = await desk.start('Please cancel order 12345')
  await expectApprovalsAndNothingElse(conversationId, ['cancel_order'])
})

test('S1: one that needs consent, three times in one breath: none runs, and each is asked for once', async () => {
  const asked = { tool: 'cancel_order', arguments: { order: '12345' } }
  const change = { tool: 'modify_order', arguments: { order: '12345', address: { street: '1 New Street' } } }
  model.answers({ calls: [asked, asked, change] })
  const { conversationId } = await desk.start('Please cancel order 12345, or send it elsewhere')
  await expectApprovalsAndNothingElse(conversationId, ['cancel_order', 'modify_order'])
})

test('A8: tools it does not have, asked for again and again: none runs, and a person gets it', async () => {
  model.answers(
    ...['refund_payment', 'reset_password', 'delete_customer'].map((tool) => call(tool, { order: '12346' })),
  )
  const { conversationId } = await desk.start('Please cancel order 12346')
  await expectPersonAndNothingElse(conversationId, 'repeated_failure')
})

test.each([
  { tool: 'cancel_order', args: { order: '22345' } },
  { tool: 'modify_order', args: { order: '22345', address: { street: '1 New Street' } } },
])('P6: another customer’s order ($tool): it reads as none, and nothing runs', async ({ tool, args }) => {
  model.answers(call(tool, args), (prompt) => {
    const told = prompt.messages.at(-1)?.content ?? ''
    expect(told).toContain('order_not_found')
    expect(told).not.toContain('cust_1002')
    return { text: 'There is no such order in your account.' }
  })
  const { conversationId } = await desk.start('Please cancel order 22345')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai' })
  expect(await writes(conversationId)).toEqual([])
  expect(await happened()).toEqual([])
})

test('S1: with another’s name in the arguments: they are refused, and the principal stays who signed in', async () => {
  model.answers(call('reset_password', { customer_id: 'cust_1002' }), (prompt) => {
    expect(prompt.messages.at(-1)?.content).toContain('bad_arguments')
    return { text: 'Whose password is it?' }
  })
  const { conversationId } = await desk.start('I forgot my password')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'Whose password is it?' })
  expect(await writes(conversationId)).toEqual([])
  expect(await happened()).toEqual([])
})
