import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'

let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk()
})
afterAll(() => desk?.close())

const last = async (id: string) => (await desk.settled(id)).at(-1)

test('K3: the technical specialist answers from articles and cites them, over several turns, without a write', async () => {
  const { conversationId } = await desk.start('My bluetooth headphones will not pair with my phone.')
  const first = await last(conversationId)
  expect(first).toMatchObject({ role: 'ai' })
  expect(first?.citations?.map(({ document }) => document)).toContain('bluetooth-pairing')
  for (const citation of first?.citations ?? []) expect(citation.passage.length).toBeGreaterThan(20)

  await desk.send(conversationId, 'How do I do a factory reset of my tablet?')
  const second = await last(conversationId)
  expect(second?.citations?.length).toBeGreaterThan(0)

  await desk.send(conversationId, 'Thank you!')
  expect(await last(conversationId)).toMatchObject({ role: 'ai', citations: null })
  expect(
    await desk.db.selectFrom('effects').selectAll().where('conversation_id', '=', conversationId).execute(),
  ).toEqual([])
  expect((await desk.ledger()).filter((row) => row['kind'] === 'effect')).toEqual([])
  expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'ai', intent: 'tech_support' })
})

test('S6: smoke from a device brings a person at once, most urgent, without any model', async () => {
  const before = (await desk.ledger()).filter((row) => row['kind'] === 'model_call').length
  const { conversationId } = await desk.start('There is smoke coming out of my charger!')
  await desk.settled(conversationId)
  const handoff = await desk.db
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  expect(handoff).toMatchObject({ reason: 'safety', priority: 'urgent' })
  expect((await desk.ledger()).filter((row) => row['kind'] === 'model_call')).toHaveLength(before)
})
