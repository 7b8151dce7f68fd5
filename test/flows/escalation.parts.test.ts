import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'

let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk()
})
afterAll(() => desk?.close())

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const last = async (id: string) => (await desk.settled(id)).at(-1)
const handoffOf = (id: string) =>
  desk.db.selectFrom('handoffs').selectAll().where('conversation_id', '=', id).executeTakeFirstOrThrow()

test('H1: an order question, a wish for a person, a person’s answer, and the AI again: one ticket, one word at a time', async () => {
  const { conversationId } = await desk.start('Where is my order 12345?')
  await desk.settled(conversationId)
  await desk.send(conversationId, 'I want to speak to a human, please.')
  expect((await last(conversationId))?.text).toMatch(/a person answers here by|one answers here by/i)
  const offered = await desk.until(async () => {
    const found = await handoffOf(conversationId)
    return found.ticket_id === null ? null : found
  }, 'the ticket')
  expect(offered).toMatchObject({ reason: 'person_requested', state: 'offered' })
  expect(offered.brief.wants).toContain('speak to a human')
  expect(offered.brief.summary).toContain('12345')
  expect(offered.brief.facts).toContainEqual({ kind: 'order', value: '12345' })
  expect(offered.brief.tried).toEqual([
    { tool: 'get_order_status', outcome: 'ok', came_back: expect.stringContaining('shipped') },
  ])
  const tickets = (await desk.ledger()).filter((row) => row['system'] === 'ticketing' && row['kind'] === 'effect')
  expect(tickets.map((row) => row['idempotency_key'])).toEqual([`${offered.id}/ticket`])

  // The AI is silent from then on.
  await desk.send(conversationId, 'Where is my order 12346?')
  expect(await last(conversationId)).toMatchObject({ role: 'customer', status: 'handed_off' })
  await claimHandoff(desk.kernel, { handoffId: offered.id, agent: mia })
  await replyAsPerson(desk.kernel, { conversationId, agent: mia, message: { text: 'It is being packed.' } })
  expect((await desk.settled(conversationId)).filter(({ status }) => status === 'handed_off')).toEqual([])

  await desk.send(conversationId, 'Where is my order 12345?')
  await handBack(desk.kernel, { conversationId, actor: mia, note: 'All fine.' })
  await desk.ring(conversationId)
  const answer = await desk.until(async () => {
    const message = await last(conversationId)
    return message?.role === 'ai' ? message : null
  }, 'the AI')
  expect(answer.text).toContain('ZX81-5512-9034')
  expect(answer.in_reply_to).toHaveLength(1)
  expect((await desk.settled(conversationId)).map(({ role }) => role)).toEqual([
    'customer',
    'ai',
    'customer',
    'system',
    'customer',
    'human',
    'customer',
    'ai',
  ])
})

test('H1: anger brings a person with high priority, and names itself in the brief', async () => {
  const { conversationId } = await desk.start('This is outrageous, your company is the worst company ever!')
  await desk.settled(conversationId)
  expect(await handoffOf(conversationId)).toMatchObject({
    reason: 'anger',
    priority: 'high',
    brief: { sentiment: 'negative' },
  })
})

test('A4: the escalation specialist takes a complaint over several turns, with a ticket at most once', async () => {
  const { conversationId } = await desk.start('I would like to make a complaint.')
  const first = await last(conversationId)
  expect(['ai', 'system']).toContain(first?.role)
  await desk.send(conversationId, 'My order 12345 came late and nobody told me. Please open a ticket for my complaint.')
  await desk.settled(conversationId)
  await desk.until(async () => {
    const effects = await desk.db
      .selectFrom('effects')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .execute()
    return effects.every(({ ended_at }) => ended_at !== null)
  }, 'every write ends')
  const effects = await desk.db
    .selectFrom('effects')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .execute()
  const tickets = (await desk.ledger()).filter((row) => effects.some(({ key }) => row['idempotency_key'] === key))
  expect(effects.every(({ tool, state }) => tool === 'create_ticket' && state === 'settled')).toBe(true)
  expect(tickets).toHaveLength(effects.length)
  expect(effects.length).toBeLessThanOrEqual(1)
})

test('Rule 5: a wish for a person that was read and handed back without a reply is answered, not handed over again', async () => {
  const { conversationId } = await desk.start('Can I speak to a human?')
  await desk.settled(conversationId)
  await claimHandoff(desk.kernel, { handoffId: (await handoffOf(conversationId)).id, agent: mia })
  await handBack(desk.kernel, { conversationId, actor: mia })
  await desk.ring(conversationId)
  const answer = await desk.until(async () => {
    const message = await last(conversationId)
    return message?.role === 'ai' ? message : null
  }, 'the AI')
  expect(answer.text).toContain('handed it back to me')
  await desk.send(conversationId, 'I still want to speak to a human')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'system' })
  expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'human' })
})
