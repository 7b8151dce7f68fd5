// A worker that hears of a message before Temporal asks: one call, one reply, whoever is faster.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { ACCEPTED, beginsSureTurn } from '../../src/kernel/accepted-hint.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import type { BusMessage } from '../../src/ports/bus.ts'
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts'

const ANNA = { id: 'anna', name: 'Anna', role: 'agent' } as const
let { model, desk, close } = {} as Rehearsal
beforeAll(async () => {
  ;({ model, desk, close } = await startRehearsal())
})
afterAll(() => close?.())
afterEach(async () => {
  model.reset()
  await desk.heal()
})

const counted = async (outcome: string): Promise<number> => {
  const { values } = await desk.metrics.earlyTurns.get()
  return values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0
}
const joined = async (): Promise<number> => {
  const { values } = await desk.metrics.headStarts.get()
  return values.find(({ labels }) => labels.outcome === 'joined')?.value ?? 0
}

/** A conversation whose first message was answered, so that the worker runs it. */
async function running(): Promise<string> {
  model.answers({ text: 'hello' })
  const { conversationId } = await desk.start('[order] hello')
  await desk.settled(conversationId)
  model.reset()
  return conversationId
}

/** Accepts a message and gives the hint, as the API does, but rings nobody. */
async function hint(conversationId: string, text: string): Promise<void> {
  const message = { text, masked: false }
  const accepted = await acceptMessage(desk.kernel, { conversationId, customer: { id: 'cust_1001' }, message })
  expect(beginsSureTurn(desk.kernel, accepted)).toBe(true)
  desk.kernel.bus.publish(ACCEPTED, { kind: 'accepted', conversation_id: conversationId })
}

const turns = (id: string) =>
  desk.db.selectFrom('turns').selectAll().where('conversation_id', '=', id).orderBy('number').execute()

test('N1: it asks the model before its run hears of the message; the run joins the call', async () => {
  const conversationId = await running()
  const [taken, before] = [await counted('taken'), await joined()]
  model.answers({ text: 'taken early' })
  await hint(conversationId, '[order] where is it?')
  await desk.until(async () => (await counted('taken')) === taken + 1, 'the turn is taken')
  expect(model.calls).toHaveLength(1)
  await desk.ring(conversationId)
  const messages = await desk.settled(conversationId)
  expect(messages.filter(({ role }) => role === 'ai').map(({ text }) => text)).toEqual(['hello', 'taken early'])
  expect([model.calls.length, await joined()]).toEqual([1, before + 1])
  expect((await turns(conversationId)).map(({ attempt, state }) => [attempt, state])).toEqual([
    [1, 'done'],
    [1, 'done'],
  ])
})

test('P1: when its bell is lost the relay rings, and the turn is answered', { timeout: 60_000 }, async () => {
  const conversationId = await running()
  model.answers({ text: 'first' }, { text: 'second' })
  await hint(conversationId, '[order] where is it?')
  const messages = await desk.settled(conversationId, 45_000)
  // The call that nobody joined was ended meanwhile.
  expect(messages.at(-1)).toMatchObject({ role: 'ai' })
  expect(messages.filter(({ role }) => role === 'ai')).toHaveLength(2)
})

test('A1: a run that is faster than a slow read shares it, and the model is asked once', async () => {
  const conversationId = await running()
  const overtaken = await counted('overtaken')
  await desk.fault({ target: 'orders', kind: 'slow', delay_ms: 400, count: 1 })
  model.answers({ text: 'It is on its way.' })
  await hint(conversationId, '[answered 12345] where is it?')
  await desk.ring(conversationId)
  const messages = await desk.settled(conversationId)
  expect(messages.at(-1)).toMatchObject({ role: 'ai', text: 'It is on its way.' })
  expect([model.calls.length, await counted('overtaken')]).toEqual([1, overtaken + 1])
  expect(model.calls[0]?.tools).toEqual(['more_tools'])
})

test('P5: nothing of it is shown once a person has the floor', async () => {
  const conversationId = await running()
  const heard: BusMessage[] = []
  const leave = await desk.kernel.bus.subscribe(conversationId, (message) => void heard.push(message))
  const taken = await counted('taken')
  let release = () => {}
  const free = new Promise<void>((resolve) => (release = resolve))
  model.answers({ pieces: ['Too ', 'late.'], release: free })
  await hint(conversationId, '[order] where is it?')
  await desk.until(async () => (await counted('taken')) === taken + 1, 'the turn is taken')
  await takeOver(desk.kernel, { conversationId, agent: ANNA })
  await desk.ring(conversationId)
  release()
  const messages = await desk.settled(conversationId)
  expect(messages.filter(({ role }) => role === 'ai').map(({ text }) => text)).toEqual(['hello'])
  const { floor } = await desk.conversation(conversationId)
  expect(heard.filter((message) => message.kind === 'delta' && message.floor >= floor)).toEqual([])
  leave()
})

test('N1: a conversation that this worker does not run is left to whoever does', async () => {
  model.answers({ text: 'hello' })
  await desk.stopWorker()
  const { conversationId } = await desk.start('[order] hello')
  const before = [await counted('taken'), await counted('left')]
  await desk.startWorker()
  desk.kernel.bus.publish(ACCEPTED, { kind: 'accepted', conversation_id: conversationId })
  await desk.settled(conversationId)
  expect([await counted('taken'), await counted('left')]).toEqual(before)
})
