// What a model may say, and what becomes of it: a scripted model behind the real protocol, everything else real.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { takeOver } from '../../src/kernel/take-over.ts'
import type { BusMessage } from '../../src/ports/bus.ts'
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts'

let { model, desk, close } = {} as Rehearsal
beforeAll(async () => {
  ;({ model, desk, close } = await startRehearsal())
})
afterAll(() => close?.())
afterEach(() => model.reset())

const handoff = (id: string) =>
  desk.db.selectFrom('handoffs').selectAll().where('conversation_id', '=', id).executeTakeFirstOrThrow()
const steps = (id: string) =>
  desk.db.selectFrom('steps').selectAll().where('conversation_id', '=', id).orderBy('turn').orderBy('ordinal').execute()
const turns = (id: string) =>
  desk.db.selectFrom('turns').selectAll().where('conversation_id', '=', id).orderBy('number').execute()
const texts = (messages: { role: string; text: string }[]) => messages.map(({ role, text }) => `${role}: ${text}`)
const call = (tool: string, args: Record<string, unknown> | string = {}) => ({ tool, arguments: args })

test('C5: twenty messages in a burst are answered together, in as many turns as bells found the AI free, each once', async () => {
  let release = () => {}
  const free = new Promise<void>((resolve) => (release = resolve))
  model.answers({ pieces: ['first answer'], release: free }, { text: 'second answer' })
  const { conversationId } = await desk.start('[order] hello')
  await desk.until(async () => model.calls.length === 1, 'the model is asked')
  const ids = await Promise.all(Array.from({ length: 19 }, (_, n) => desk.send(conversationId, `[order] more ${n}`)))
  model.summaries('a burst')
  release()
  const messages = await desk.settled(conversationId)
  const answers = messages.filter(({ role }) => role === 'ai')
  expect(answers.map(({ text }) => text)).toEqual(['first answer', 'second answer'])
  expect(answers[0]?.in_reply_to).toHaveLength(1)
  expect(answers[1]?.in_reply_to.toSorted()).toEqual(ids.toSorted())
  expect(await turns(conversationId)).toHaveLength(2)
})

test('P4: replies come in the order of their questions, and each names what it answers', async () => {
  const { conversationId, messageId } = await (model.answers({ text: 'a1' }), desk.start('[order] q1'))
  await desk.settled(conversationId)
  const asked = [messageId]
  for (const n of [2, 3, 4]) {
    model.answers({ text: `a${n}` })
    asked.push(await desk.send(conversationId, `[account] q${n}`))
    await desk.settled(conversationId)
  }
  const messages = await desk.settled(conversationId)
  expect(texts(messages)).toEqual(
    [1, 2, 3, 4].flatMap((n) => [`customer: [${n === 1 ? 'order' : 'account'}] q${n}`, `ai: a${n}`]),
  )
  expect(messages.filter(({ role }) => role === 'ai').map(({ in_reply_to }) => in_reply_to)).toEqual(
    asked.map((id) => [id]),
  )
})

test('A1: unsure asks, unsure again brings a person, and the router is not asked when the rules know', async () => {
  model.routes({ intent: 'order', confidence: 0.5 }, { intent: 'account', confidence: 0.6 })
  const { conversationId } = await desk.start('hm')
  const asked = await desk.settled(conversationId)
  expect(asked.at(-1)?.text).toContain('I want to get this right')
  await desk.send(conversationId, 'hm hm')
  await desk.settled(conversationId)
  expect(await handoff(conversationId)).toMatchObject({ reason: 'low_confidence' })
  expect(model.calls.map(({ purpose }) => purpose)).toEqual(['route', 'route'])
})

test('N1: the first call of a turn that the rules have routed begins ahead of Temporal and is made once; the router is waited for', async () => {
  const joined = async () => {
    const { values } = await desk.metrics.headStarts.get()
    return values.find(({ labels }) => labels.outcome === 'joined')?.value ?? 0
  }
  const before = await joined()
  model.answers({ text: 'sure' }, { text: 'routed' })
  const sure = await desk.start('[order] hello')
  await desk.settled(sure.conversationId)
  expect(await joined()).toBe(before + 1)
  model.routes({ intent: 'order', confidence: 0.9 })
  const unsure = await desk.start('hm')
  await desk.settled(unsure.conversationId)
  expect(await joined()).toBe(before + 1)
  expect(model.calls.map(({ purpose }) => purpose)).toEqual(['answer', 'route', 'answer'])
})

test('A1: a router that answers something else is asked again', async () => {
  model.routes({ intent: 'weather', confidence: 3 }, { intent: 'order', confidence: 0.9 })
  model.answers({ text: 'yes' })
  const { conversationId } = await desk.start('hm')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'yes' })
  expect((await turns(conversationId))[0]).toMatchObject({ intent: 'order', routed_by: 'model' })
})

test('S1: a question that its reads answered is asked with one tool, by which the model gets all of them', async () => {
  model.answers({ calls: [{ tool: 'more_tools', arguments: {} }] }, { text: 'It is on its way.' })
  const { conversationId } = await desk.start('[answered 12345] where is it?')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'It is on its way.' })
  const [first, second] = model.calls.map(({ tools }) => tools)
  expect(first).toEqual(['more_tools'])
  expect(second).toEqual(expect.arrayContaining(['get_order_status', 'cancel_order', 'transfer', 'escalate']))
})

test('A8: an unknown tool, bad arguments and no JSON go back to the model, which may mend them', async () => {
  model.answers(
    { calls: [call('format_disk'), call('get_order_status', { order: 12, customer: 'cust_1002' })] },
    { calls: [call('get_order_status', '{"order": ')] },
    (prompt) => {
      const results = prompt.messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
      expect(results[0]).toContain('unknown_tool')
      expect(results[1]).toContain('bad_arguments')
      expect(results[2]).toContain('arguments_not_json')
      return { text: 'sorry' }
    },
  )
  const { conversationId } = await desk.start('[order] please')
  const messages = await desk.settled(conversationId)
  // Three calls that failed are reason enough for a person.
  expect(await handoff(conversationId).catch(() => null)).toMatchObject({ reason: 'repeated_failure' })
  expect(messages.some(({ role }) => role === 'ai')).toBe(false)
  model.reset()

  model.answers(
    { calls: [call('format_disk'), call('get_order_status', { order: 12, customer: 'cust_1002' })] },
    (prompt) => {
      const results = prompt.messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
      expect(results[0]).toContain('unknown_tool')
      expect(results[1]).toContain('bad_arguments')
      return { calls: [call('get_order_status', { order: '12345' })] }
    },
    (prompt) => {
      expect(prompt.messages.at(-1)?.content).toContain('ZX81-5512-9034')
      return { text: 'mended' }
    },
  )
  const second = await desk.start('[order] please')
  expect((await desk.settled(second.conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'mended' })
})

test('H1: three failed tool calls bring a person, with what was tried in the brief and one ticket', async () => {
  model.answers({ calls: [1, 2, 3].map((number) => call('failing_read', { number })) })
  const { conversationId } = await desk.start('[order] please')
  await desk.settled(conversationId)
  const offered = await desk.until(async () => {
    const found = await handoff(conversationId)
    return found.ticket_id === null ? null : found
  }, 'the ticket')
  expect(offered).toMatchObject({ reason: 'repeated_failure', priority: 'high', state: 'offered' })
  expect(offered.brief.tried).toEqual(
    [1, 2, 3].map(() => ({ tool: 'failing_read', outcome: 'failed', came_back: expect.any(String) })),
  )
  const tickets = (await desk.ledger()).filter((row) => row['system'] === 'ticketing' && row['kind'] === 'effect')
  expect(tickets.filter((row) => row['idempotency_key'] === `${offered.id}/ticket`)).toHaveLength(1)
})

test('H1: more than five rounds bring a person', async () => {
  model.answers(...[1, 2, 3, 4, 5].map(() => ({ calls: [call('list_orders')] })))
  const { conversationId } = await desk.start('[order] please')
  await desk.settled(conversationId)
  expect(await handoff(conversationId)).toMatchObject({ reason: 'too_many_steps' })
  expect(model.calls).toHaveLength(5)
})

test('P8: a conversation that has spent its budget goes to a person before another model call', async () => {
  model.answers({ text: 'fine' })
  const { conversationId } = await desk.start('[order] one')
  await desk.settled(conversationId)
  await desk.db.updateTable('conversations').set({ cost_usd: '0.6' }).where('id', '=', conversationId).execute()
  await desk.send(conversationId, '[order] two')
  await desk.settled(conversationId)
  expect(await handoff(conversationId)).toMatchObject({ reason: 'budget' })
  expect(model.calls).toHaveLength(1)
})

test('A3: a transfer goes to the colleague, is recorded as a misroute, and after two the model must answer', async () => {
  model.answers(
    { calls: [call('transfer', { to: 'account' })] },
    { calls: [call('transfer', { to: 'tech_support' }), call('get_billing_info')] },
    (prompt) => {
      expect(prompt.tools).toContain('search_knowledge_base')
      expect(prompt.tools).not.toContain('get_billing_info')
      return { calls: [call('transfer', { to: 'order' })] }
    },
    (prompt) => {
      expect(prompt.messages.at(-1)?.content).toContain('no_more_transfers')
      return { text: 'then it is me' }
    },
  )
  const { conversationId } = await desk.start('[order] please')
  expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'then it is me' })
  const misroutes = await desk.db
    .selectFrom('misroutes')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(
    misroutes.map(({ from_specialist, to_specialist, routed_by }) => [from_specialist, to_specialist, routed_by]),
  ).toEqual([
    ['order', 'account', 'rules'],
    ['account', 'tech_support', 'transfer'],
  ])
})

test('A8: a colleague that does not exist is an error the model can mend', async () => {
  model.answers({ calls: [call('transfer', { to: '__proto__' })] }, { text: 'I stay' })
  const { conversationId } = await desk.start('[order] please')
  expect((await desk.settled(conversationId)).at(-1)?.text).toBe('I stay')
})

test('H3: a write that policy reserves for people runs nothing, and waits for one who may allow it', async () => {
  const before = (await desk.ledger()).filter((row) => row['kind'] === 'effect' && row['system'] === 'orders')
  model.answers({ calls: [call('cancel_order', { order: '12345' })] })
  const { conversationId } = await desk.start('[order] cancel 12345')
  const messages = await desk.settled(conversationId)
  expect(await desk.conversation(conversationId)).toMatchObject({ status: 'pending', controlled_by: 'ai' })
  expect(messages.at(-1)?.text).toContain('you will read the decision here')
  const after = (await desk.ledger()).filter((row) => row['kind'] === 'effect' && row['system'] === 'orders')
  expect(after).toEqual(before)
  const effects = await desk.db
    .selectFrom('effects')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(effects).toEqual([])
  const approvals = await desk.db
    .selectFrom('approvals')
    .select(['tool', 'arguments', 'state'])
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(approvals).toEqual([{ tool: 'cancel_order', arguments: { order: '12345' }, state: 'pending' }])
})

test('P3: a text that claims what the ledger does not know is never shown', async () => {
  model.answers({ text: 'Good news. I have cancelled your order 12346.' })
  const { conversationId } = await desk.start('[order] cancel 12346')
  const messages = await desk.settled(conversationId)
  expect(messages.some(({ text }) => text.includes('Good news'))).toBe(false)
  expect(messages.at(-1)?.text).toContain('I cannot confirm that this was done')
  expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'human' })
})

test('P6: a tool acts for the signed-in customer only: another’s order reads as none', async () => {
  model.answers({ calls: [call('get_order_status', { order: '22345' })] }, (prompt) => {
    expect(prompt.messages.at(-1)?.content).toContain('order_not_found')
    return { text: 'no such order' }
  })
  const { conversationId } = await desk.start('[order] where is 22345')
  await desk.settled(conversationId)
  expect(JSON.stringify(await steps(conversationId))).not.toContain('1,249')
})

test('H1: a model that asks for a person gets one, whatever else it asked for in the same breath', async () => {
  model.answers({ calls: [call('cancel_order', { order: '12346' }), call('escalate', { reason: 'anger' })] })
  const { conversationId } = await desk.start('[order] now')
  await desk.settled(conversationId)
  expect(await handoff(conversationId)).toMatchObject({ reason: 'anger', priority: 'high' })
  const effects = await desk.db
    .selectFrom('effects')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .execute()
  expect(effects.map(({ tool }) => tool)).toEqual(['create_ticket'])
})

test('P5: a takeover in the middle of a streamed reply stops the pieces, and nothing of it is committed', async () => {
  const never = new Promise<void>(() => {})
  model.answers({ pieces: ['One sentence is shown. ', 'The next ', 'is half'], release: never })
  const heard: BusMessage[] = []
  const { conversationId } = await desk.start('[order] tell me')
  const leave = await desk.kernel.bus.subscribe(conversationId, (message) => void heard.push(message))
  await desk.until(async () => model.calls.length === 1, 'the model speaks')
  const open = await turns(conversationId)
  const agent = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
  const taken = await takeOver(desk.kernel, { conversationId, agent })
  const before = heard.filter(({ kind }) => kind === 'delta').length
  await desk.handle(conversationId).signal('handoffClaimed', { floor: taken?.outcome.floor ?? 0 })
  await desk.until(async () => {
    const story = await desk.handle(conversationId).query<{ what: string }[]>('timeline')
    return story.some(({ what }) => what === 'turn cancelled by a newer floor')
  }, 'the call is cancelled')
  await desk.until(async () => {
    const { pendingActivities } = (await desk.handle(conversationId).describe()).raw
    return (pendingActivities ?? []).every(({ activityType }) => activityType?.name !== 'answer')
  }, 'the call is over')
  leave()
  const messages = await desk.settled(conversationId)
  expect(messages.some(({ role }) => role === 'ai')).toBe(false)
  expect(messages[0]).toMatchObject({ status: 'handed_off' })
  expect(heard.filter(({ kind }) => kind === 'delta')).toHaveLength(before)
  expect(JSON.stringify(heard)).not.toContain('is half')
  expect(open).toHaveLength(1)
})

test('C2: past twenty messages a summary stands in the prompt, and facts survive it', async () => {
  model.answers({ text: 'answer 0' })
  const { conversationId } = await desk.start('[order] my name is Ada Lovelace, order 12345')
  await desk.settled(conversationId)
  model.summaries('the summary of it all')
  for (let n = 1; n <= 11; n += 1) {
    model.answers({ text: `answer ${n}` })
    await desk.send(conversationId, `[order] question ${n}`)
    await desk.settled(conversationId)
  }
  await desk.until(async () => (await desk.conversation(conversationId)).summary, 'the summary')
  model.answers((prompt) => {
    expect(prompt.messages[0]?.content).toContain('the summary of it all')
    expect(prompt.messages[0]?.content).toContain('12345')
    expect(prompt.messages[0]?.content).toContain('Ada Lovelace')
    expect(prompt.messages.some(({ content }) => content?.includes('my name is'))).toBe(false)
    return { text: 'remembered' }
  })
  await desk.send(conversationId, '[order] and now?')
  expect((await desk.settled(conversationId)).at(-1)?.text).toBe('remembered')
})
