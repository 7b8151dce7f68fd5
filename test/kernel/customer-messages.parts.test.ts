// Starting, writing, repeating: rule 4, P1 and P2, on both kinds of store.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { eventsAfter } from '../../src/kernel/reads/events.ts'
import { transcript } from '../../src/kernel/reads/messages.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { refusalOf } from '../support/refusal.ts'
import { databaseKinds } from '../support/databases.ts'
import { createTestKernel, TEST_DESK, type TestKernel } from '../support/kernel.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('customer messages on %s', (kind) => {
  let it: TestKernel
  beforeAll(async () => {
    it = await createTestKernel(kind)
  })
  afterAll(() => it.close())

  const start = (text: string, id?: string, customerId = 'cust_1001', key?: string) =>
    startConversation(it.kernel, {
      customer: { id: customerId, issuer: 'https://issuer.test', subject: customerId },
      desk: TEST_DESK.name,
      channel: 'web',
      message: { id, text, masked: false },
      idempotencyKey: key,
    })
  const accept = (conversationId: string, text: string, id?: string, key?: string) =>
    acceptMessage(it.kernel, {
      conversationId,
      customer: { id: 'cust_1001' },
      message: { id, text, masked: false },
      idempotencyKey: key,
    })

  test('a started conversation is open, wakes at once, and its message carries the seq of its event (P1)', async () => {
    const { conversation, message } = await start('hello')
    expect(conversation).toMatchObject({ status: 'open', controlled_by: 'ai', floor: 1, policy_version: 'test-1' })
    expect(conversation.wake_at?.getTime()).toBeLessThanOrEqual(Date.now())
    const events = await eventsAfter(it.kernel, conversation.id, 0, 10)
    expect(events).toMatchObject([{ seq: message.seq, type: 'message-accepted', data: { message_id: message.id } }])
  })

  test('fifty starts with one id at the same moment make one conversation (P2)', async () => {
    const started = await Promise.all(Array.from({ length: 50 }, () => start('same', 'fifty')))
    expect(new Set(started.map(({ conversation }) => conversation.id)).size).toBe(1)
    expect(started.filter(({ repeated }) => !repeated)).toHaveLength(1)
  })

  test('fifty sends with one id at the same moment make one message (P2)', async () => {
    const { conversation } = await start('first')
    const sent = await Promise.all(Array.from({ length: 50 }, () => accept(conversation.id, 'again', 'm50')))
    expect(sent.filter(({ repeated }) => !repeated)).toHaveLength(1)
    const { data } = await transcript(it.kernel, conversation.id, { limit: 100, notes: true })
    expect(data.map(({ text }) => text)).toEqual(['first', 'again'])
  })

  test('the same id with another text is an idempotency conflict, and an Idempotency-Key does what an id does', async () => {
    await start('one', 'conflict')
    expect(await refusalOf(start('two', 'conflict'))).toBe('idempotency_conflict')
    const first = await start('keyed', undefined, 'cust_1001', 'k1')
    const again = await start('keyed', undefined, 'cust_1001', 'k1')
    expect(again).toMatchObject({ repeated: true, conversation: { id: first.conversation.id } })
    expect(await refusalOf(start('other', undefined, 'cust_1001', 'k1'))).toBe('idempotency_conflict')
  })

  test("another customer's ids never collide, and their conversation is not found (P6)", async () => {
    const mine = await start('mine', 'shared-id')
    const theirs = await start('theirs', 'shared-id', 'cust_1002')
    expect(theirs.conversation.id).not.toBe(mine.conversation.id)
    expect(await refusalOf(accept(theirs.conversation.id, 'let me in'))).toBe('not_found')
  })

  test('the id of a reply that is being written cannot be taken by a customer (P4)', async () => {
    const { conversation } = await start('hello')
    const now = new Date()
    await it.kernel.db
      .insertInto('turns')
      .values({
        tenant_id: 'default',
        desk: TEST_DESK.name,
        conversation_id: conversation.id,
        number: 1,
        cause: 'messages',
        floor: 1,
        reply_message_id: 'msg_reply',
        started_at: now,
        deadline_at: now,
        alive_at: now,
      })
      .execute()
    expect(await refusalOf(accept(conversation.id, 'hello', 'msg_reply'))).toBe('idempotency_conflict')
  })

  test('a masked card number adds a notice of role system that answers nothing (P9)', async () => {
    const { conversation } = await startConversation(it.kernel, {
      customer: { id: 'cust_1001', issuer: 'https://issuer.test', subject: 'cust_1001' },
      desk: TEST_DESK.name,
      channel: 'web',
      message: { text: 'my card ************1111', masked: true },
    })
    const { data } = await transcript(it.kernel, conversation.id, { limit: 10, notes: true })
    expect(data).toMatchObject([{ role: 'customer' }, { role: 'system', text: 'text: card_masked', in_reply_to: [] }])
  })

  test('a message to a closed conversation reopens it, a repeat reopens nothing (rule 7)', async () => {
    const { conversation, message } = await start('hello', 'hello-1')
    await it.kernel.db
      .updateTable('messages')
      .set({ status: 'answered' })
      .where('conversation_id', '=', conversation.id)
      .execute()
    const customer = { id: 'cust_1001', name: 'Ada', role: 'customer' } as const
    const closed = await closeByCommand(it.kernel, { conversationId: conversation.id, actor: customer })
    expect(closed.outcome).toMatchObject({ status: 'closed' })
    expect(await accept(conversation.id, 'hello', 'hello-1')).toMatchObject({
      repeated: true,
      message: { id: message.id },
      conversation: { status: 'closed' },
    })
    const reopened = await accept(conversation.id, 'one more thing')
    expect(reopened).toMatchObject({
      conversation: { status: 'open', controlled_by: 'ai', closed_at: null },
      message: { status: 'accepted' },
    })
  })

  test("a used command id tells nothing of another customer's conversation", async () => {
    const { conversation: own } = await start('mine')
    const { conversation: other } = await start('not mine', undefined, 'cust_1002')
    const actor = { id: 'cust_1001', name: 'Ada', role: 'customer' } as const
    const close = (conversationId: string) =>
      closeByCommand(it.kernel, { conversationId, actor, commandId: 'close-once' })
    await close(own.id)
    expect(await refusalOf(close(other.id))).toBe('not_found')
    expect(await refusalOf(close('conv_none'))).toBe('not_found')
  })

  test('a message cancels a close that waits, and under a person it waits for the person (rules 5 and 7)', async () => {
    const { conversation } = await start('hello')
    const customer = { id: 'cust_1001', name: 'Ada', role: 'customer' } as const
    const waiting = await closeByCommand(it.kernel, { conversationId: conversation.id, actor: customer })
    expect(waiting.outcome).toMatchObject({ status: 'open', closing: true })
    expect((await accept(conversation.id, 'wait')).conversation.close_requested_by).toBeNull()
    await takeOver(it.kernel, { conversationId: conversation.id, agent: mia })
    expect((await accept(conversation.id, 'are you there?')).message.status).toBe('handed_off')
  })
})
