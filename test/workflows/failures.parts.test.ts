// What is away comes back, stands in, or is said honestly (P1, P7).
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { databaseKinds } from '../support/databases.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

const REHEARSAL = 'test/support/desks/rehearsal.ts'
let model: ScriptedModel
let desk: Everdesk
beforeAll(async () => {
  model = await startScriptedModel()
})
afterAll(() => model?.close())
afterEach(() => model.reset())

const handoffs = (id: string) => desk.db.selectFrom('handoffs').selectAll().where('conversation_id', '=', id).execute()
const ticketOf = (id: string) => desk.until(async () => (await desk.conversation(id)).ticket_id, 'the ticket')

/** The failure is said once, in words of the catalogue, with one handoff and one ticket. */
async function failedHonestly(conversationId: string, reason: string): Promise<void> {
  const messages = await desk.settled(conversationId)
  expect(messages.map(({ role, status }) => [role, status])).toEqual([
    ['customer', 'failed'],
    ['system', null],
  ])
  expect(messages[1]?.text).toContain('I could not finish this')
  expect(messages[1]?.in_reply_to).toEqual([messages[0]?.id])
  await ticketOf(conversationId)
  const offered = await handoffs(conversationId)
  expect(offered.map((handoff) => [handoff.reason, handoff.state])).toEqual([[reason, 'offered']])
  const tickets = (await desk.ledger()).filter((row) => row['idempotency_key'] === `${offered[0]?.id}/ticket`)
  expect(tickets).toHaveLength(1)
}

describe('a desk whose turns have three seconds', () => {
  beforeAll(async () => {
    const { DEFAULT_POLICY } = await import('../../src/domain/policy.ts')
    desk = await startEverdesk({ desk: REHEARSAL, model, policy: { turn: { ...DEFAULT_POLICY.turn, deadline: 3000 } } })
  })
  afterAll(() => desk?.close())

  test('P1: a model that never answers is given up at the turn’s deadline, honestly, once', async () => {
    model.answers({ stall: true })
    const { conversationId } = await desk.start('[order] hello')
    await failedHonestly(conversationId, 'deadline')
    const turn = await desk.db
      .selectFrom('turns')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .executeTakeFirstOrThrow()
    expect(turn).toMatchObject({ state: 'failed', outcome: 'deadline' })
    expect((turn.ended_at?.getTime() ?? 0) - turn.started_at.getTime()).toBeGreaterThanOrEqual(3000)
  })
})

describe('models that fail', () => {
  beforeAll(async () => {
    desk = await startEverdesk({ desk: REHEARSAL, model })
  })
  afterAll(() => desk?.close())
  // Five failures in a row would open a circuit for a minute: each test begins with both models well.
  beforeEach(async () => {
    model.answers({ text: 'well' })
    const { conversationId } = await desk.start('[order] hello')
    await desk.settled(conversationId)
    model.reset()
  })

  test('A9: a model that is rate limited is stood in for by the other, and the bill names who answered', async () => {
    model.answers({ status: 429 }, { text: 'the stand-in answers' })
    const { conversationId } = await desk.start('[order] hello')
    expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'the stand-in answers' })
    expect(model.calls.map((call) => call.model)).toEqual(['test-small', 'test-large'])
    const usage = await desk.db.selectFrom('usage').selectAll().where('conversation_id', '=', conversationId).execute()
    expect(usage.map((row) => row.model)).toEqual(['test-large'])
  })

  test.each([{ garbage: '{"no": "completion"}' }, { garbage: 'not even JSON' }, { text: '' }])(
    'A9: an answer that cannot be read (%j) is asked for again',
    async (line) => {
      model.answers(line, { text: 'readable' })
      const { conversationId } = await desk.start('[order] hello')
      expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'readable' })
    },
  )

  test('P1: with both models down the customer is told so once, and a person and a ticket follow', async () => {
    model.answers(...Array.from({ length: 12 }, () => ({ status: 503 })))
    const { conversationId } = await desk.start('[order] hello')
    await failedHonestly(conversationId, 'model_unavailable')
    expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'human' })
  })
})

describe('back ends that fail', () => {
  beforeAll(async () => {
    desk = await startEverdesk({ desk: REHEARSAL, model })
  })
  afterAll(() => desk?.close())

  test('A8: a quick read whose system is down is tried again with time, then told to the model; the run lives', async () => {
    await desk.fault({ target: 'orders', kind: 'error-500', count: 4 })
    model.answers({ calls: [{ tool: 'get_order_status', arguments: { order: '12345' } }] }, (prompt) => {
      expect(prompt.messages.at(-1)?.content).toContain('system_did_not_answer')
      return { text: 'the order system is away' }
    })
    const { conversationId } = await desk.start('[order] hello')
    expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ role: 'ai', text: 'the order system is away' })
    const described = await desk.handle(conversationId).describe()
    expect(described.status.name).toBe('RUNNING')
    expect(await desk.conversation(conversationId)).toMatchObject({ last_turn: 1, controlled_by: 'ai' })
  })
})

// PGlite has no connections to take away; the other kind is there on machines with a PostgreSQL.
describe.each(databaseKinds().filter((kind) => kind === 'postgres'))('a store that is away (%s)', (kind) => {
  beforeAll(async () => {
    desk = await startEverdesk({ desk: REHEARSAL, model, database: kind, cuttable: true })
  })
  afterAll(() => desk?.close())

  const failedTasks = async (id: string) => {
    const { events } = await desk.handle(id).fetchHistory()
    return (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length
  }
  const heard = async (id: string, what: string) =>
    JSON.stringify(await desk.handle(id).query('timeline')).includes(what)

  test('Rule 4: a store that is away when it is asked is waited for by timer, and the message is answered', async () => {
    model.answers({ text: 'one' }, { text: 'two' })
    const { conversationId } = await desk.start('[order] one')
    await desk.settled(conversationId)
    await acceptMessage(desk.kernel, {
      conversationId,
      customer: { id: 'cust_1001' },
      message: { text: '[order] two', masked: false },
    })
    desk.storeLine?.cut()
    await desk.ring(conversationId)
    await desk.until(async () => {
      const { events } = await desk.handle(conversationId).fetchHistory()
      // The timers that wait for the store; the run's own timer is the first.
      return (events ?? []).filter((event) => event.timerStartedEventAttributes).length > 2
    }, 'waiting by timer')
    desk.storeLine?.mend()
    const messages = await desk.settled(conversationId)
    expect(messages.map(({ text }) => text)).toEqual(['[order] one', 'one', '[order] two', 'two'])
    expect((await desk.handle(conversationId).describe()).status.name).toBe('RUNNING')
    expect(await failedTasks(conversationId)).toBe(0)
  })

  test('P1: a store that is away when the model has answered fails neither turn nor run: the answer comes', async () => {
    let release = () => {}
    const free = new Promise<void>((resolve) => (release = resolve))
    const spare = Array.from({ length: 20 }, () => ({ text: 'late but there' }))
    model.answers({ pieces: ['late but there'], release: free }, ...spare)
    const { conversationId } = await desk.start('[order] hello')
    await desk.until(async () => model.calls.length === 1, 'the model is asked')
    desk.storeLine?.cut()
    release()
    await desk.until(() => heard(conversationId, 'the store is away'), 'the turn to notice')
    desk.storeLine?.mend()
    const messages = await desk.settled(conversationId, 60_000)
    expect(messages.map(({ role, text }) => [role, text])).toEqual([
      ['customer', '[order] hello'],
      ['ai', 'late but there'],
    ])
    expect(await desk.conversation(conversationId)).toMatchObject({ controlled_by: 'ai', last_turn: 1 })
    expect((await desk.handle(conversationId).describe()).status.name).toBe('RUNNING')
  })
})
