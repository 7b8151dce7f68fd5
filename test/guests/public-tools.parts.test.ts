// What the AI may do for a guest, on real parts: public knowledge and nothing else, whatever the model asks for [L1, P6].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimGuest } from '../../src/kernel/claim-guest.ts'
import { subjectRef } from '../../src/kernel/installation.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

const POLL = { timeout: 30_000 }
const ada = { id: 'cust_1001', name: 'Ada Park', issuer: 'test', subject: 'cust_1001' }
let everdesk: Everdesk
beforeAll(async () => {
  everdesk = await startEverdesk()
})
afterAll(() => everdesk?.close())

let guests = 0
async function begin(of: Everdesk, text: string) {
  guests += 1
  const id = `guest_${String(guests).padStart(32, '0')}`
  const { conversation } = await startConversation(of.kernel, {
    customer: { id, name: 'Guest', issuer: 'everdesk-guests', subject: id, guest: true },
    desk: 'electronics-store',
    channel: 'web',
    message: { text, masked: false },
  })
  await of.ring(conversation.id)
  return { guestId: id, conversationId: conversation.id }
}
const last = async (of: Everdesk, id: string) => (await of.settled(id)).at(-1)
/** Waits until the run's visibility names this customer. */
async function shownAs(of: Everdesk, id: string, customer: string): Promise<void> {
  const reference = await subjectRef(of.kernel, customer)
  const shown = async () => (await of.handle(id).describe()).searchAttributes['EverdeskSubjectRef']
  await expect.poll(shown, POLL).toEqual([reference])
}
const stepsOf = (of: Everdesk, id: string) =>
  of.db.selectFrom('steps').select(['kind', 'tool', 'outcome']).where('conversation_id', '=', id).execute()

test('a question about devices is answered from articles with citations, as for anybody (K3, L1)', async () => {
  const { conversationId } = await begin(everdesk, 'My bluetooth headphones will not pair with my phone.')
  const reply = await last(everdesk, conversationId)
  expect(reply).toMatchObject({ role: 'ai' })
  expect(reply?.citations?.length).toBeGreaterThan(0)
})

test.each([
  'Where is order 12345?',
  'Cancel order 12346 please',
  'Show me my invoices',
  'Reset my password, please send the mail',
])('P6: "%s" is answered with how to sign in; no record is read and nothing is written', async (text) => {
  const { conversationId } = await begin(everdesk, text)
  const reply = await last(everdesk, conversationId)
  expect(reply).toMatchObject({ role: 'ai' })
  expect(reply?.text).toMatch(/sign(ed)? in/i)
  expect(reply?.text).not.toMatch(/ZX81|shipped|processing|@/)
  const tools = (await stepsOf(everdesk, conversationId)).map(({ tool, outcome }) => [tool, outcome])
  expect(tools.filter(([tool, outcome]) => outcome === 'ok' && tool !== 'search_knowledge_base')).toEqual([])
  const effects = everdesk.db.selectFrom('effects').selectAll().where('conversation_id', '=', conversationId)
  expect(await effects.execute()).toEqual([])
})

test('a guest who wants a person gets one, and the ticket is written (H1, A7)', async () => {
  const { conversationId } = await begin(everdesk, 'I want to talk to a person')
  await everdesk.settled(conversationId)
  await expect.poll(async () => (await everdesk.conversation(conversationId)).ticket_id, POLL).not.toBeNull()
  expect(await everdesk.conversation(conversationId)).toMatchObject({ controlled_by: 'human', guest: true })
})

test('a guest signs in while the run rests: it hears of it and is found under the customer at once (L1, O1)', async () => {
  const { conversationId, guestId } = await begin(everdesk, 'Where is order 12345?')
  await everdesk.settled(conversationId)
  await shownAs(everdesk, conversationId, guestId)
  const run = (await everdesk.handle(conversationId).describe()).runId
  await claimGuest(everdesk.kernel, { guestId, customer: ada, actor: { id: ada.id, name: ada.name, role: 'customer' } })
  await everdesk.handle(conversationId).signal('customerSignedIn', { floor: 1 })
  await shownAs(everdesk, conversationId, ada.id)
  expect((await everdesk.handle(conversationId).describe()).runId).toBe(run)
})

test('after signing in the same question is answered from the account (L1)', async () => {
  const { conversationId, guestId } = await begin(everdesk, 'Where is order 12345?')
  await everdesk.settled(conversationId)
  await claimGuest(everdesk.kernel, { guestId, customer: ada, actor: { id: ada.id, name: ada.name, role: 'customer' } })
  await everdesk.send(conversationId, 'Where is order 12345?')
  expect((await last(everdesk, conversationId))?.text).toContain('ZX81-5512-9034')
})

describe('with a scripted model', () => {
  let model: ScriptedModel
  let scripted: Everdesk
  beforeAll(async () => {
    model = await startScriptedModel()
    scripted = await startEverdesk({ model })
  })
  afterAll(async () => {
    await scripted?.close()
    await model?.close()
  })

  test('P6: tools that a model makes up for a guest are refused, reads and writes alike, and are not offered', async () => {
    model.answers(
      {
        calls: [
          { tool: 'get_order_status', arguments: { order: '12345' } },
          { tool: 'cancel_order', arguments: { order: '12346' } },
          { tool: 'create_ticket', arguments: { subject: 'a', description: 'b' } },
        ],
      },
      { text: 'Please sign in for that.' },
    )
    const { conversationId } = await begin(scripted, 'What about the delivery of my order?')
    expect((await last(scripted, conversationId))?.text).toBe('Please sign in for that.')
    expect(model.calls.map(({ tools }) => tools)).toEqual([
      ['search_knowledge_base', 'transfer', 'escalate'],
      ['search_knowledge_base', 'transfer', 'escalate'],
    ])
    expect(model.calls[0]?.messages[0]?.content).toContain('guest and not signed in')
    const tools = (await stepsOf(scripted, conversationId)).filter(({ kind }) => kind === 'tool')
    expect(tools.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
    const effects = scripted.db.selectFrom('effects').selectAll().where('conversation_id', '=', conversationId)
    expect(await effects.execute()).toEqual([])
    model.reset()
  })

  test('a guest signs in while the answer is written: it arrives once, and the conversation is the customer’s (P1, P5)', async () => {
    const release = Promise.withResolvers<void>()
    model.answers({ pieces: ['Parcels take ', 'two to four days.'], release: release.promise })
    const { conversationId, guestId } = await begin(scripted, 'What about the delivery of my order?')
    await expect.poll(() => model.calls.length, POLL).toBe(1)
    const actor = { id: ada.id, name: ada.name, role: 'customer' as const }
    const claimed = await claimGuest(scripted.kernel, { guestId, customer: ada, actor })
    expect(claimed.map(({ id }) => id)).toEqual([conversationId])
    release.resolve()
    const messages = await scripted.settled(conversationId)
    expect(messages.map(({ role, text, customer_id: owner }) => [role, text, owner])).toEqual([
      ['customer', 'What about the delivery of my order?', 'cust_1001'],
      ['ai', 'Parcels take two to four days.', 'cust_1001'],
    ])
    expect(await scripted.conversation(conversationId)).toMatchObject({ guest: false, customer_id: 'cust_1001' })
    await shownAs(scripted, conversationId, ada.id)
    model.reset()
  })
})
