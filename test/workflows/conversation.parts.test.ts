// One conversation as one durable workflow, on a real Temporal: timers, bells, operators, renewal, ends.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

let model: ScriptedModel
beforeAll(async () => {
  model = await startScriptedModel()
})
afterAll(() => model?.close())
beforeEach(() => model.reset())

const REHEARSAL = 'test/support/desks/rehearsal.ts'
type Timeline = { what: string }[]
type View = { status: string; controlled_by: string; floor: number; turn: number | null; doing: string }

describe('with a desk of short durations', () => {
  let desk: Everdesk
  beforeAll(async () => {
    const timers = { followUpAfter: 400, resolveAfter: 400, closeAfter: 400 }
    desk = await startEverdesk({ desk: REHEARSAL, model, policy: { timers } })
  })
  afterAll(() => desk?.close())

  const status = (id: string, wanted: string) =>
    desk.until(async () => (await desk.conversation(id)).status === wanted, `status ${wanted}`)
  const ended = (id: string) =>
    desk.until(async () => (await desk.handle(id).describe()).status.name !== 'RUNNING', 'the run ends')

  test('C6: follow-up, resolved, closed by timers alone; a message reopens it with its memory', async () => {
    model.answers({ text: 'your order is on its way' })
    const { conversationId } = await desk.start('[order] where is order 12345')
    await desk.settled(conversationId)
    await status(conversationId, 'closed')
    await ended(conversationId)
    expect((await desk.handle(conversationId).describe()).status.name).toBe('COMPLETED')
    const events = await desk.db
      .selectFrom('events')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('seq')
      .execute()
    const changed = events.flatMap(({ type, data }) => (type === 'status-changed' ? [data['status']] : []))
    expect(changed).toEqual(['pending', 'resolved', 'closed'])
    expect((await desk.settled(conversationId)).map(({ role }) => role)).toEqual(['customer', 'ai', 'system'])

    model.answers((prompt) => {
      expect(prompt.messages.some(({ content }) => content === 'your order is on its way')).toBe(true)
      expect(prompt.messages[0]?.content).toContain('order: 12345')
      return { text: 'welcome back' }
    })
    await desk.send(conversationId, '[order] me again')
    const messages = await desk.settled(conversationId)
    expect(messages.at(-1)).toMatchObject({ role: 'ai', text: 'welcome back' })
    expect(await desk.conversation(conversationId)).toMatchObject({ last_turn: 2 })
  })

  test('Rule 7: a close ends the run; the same bell afterwards starts one that ends as cleanly', async () => {
    model.answers({ text: 'done' })
    const { conversationId } = await desk.start('[order] hello')
    await desk.settled(conversationId)
    await closeByCommand(desk.kernel, {
      conversationId,
      actor: { id: 'cust_1001', name: 'Somebody', role: 'customer' },
    })
    await desk.handle(conversationId).signal('closeRequested', {})
    await ended(conversationId)
    await desk.ring(conversationId)
    await ended(conversationId)
    expect((await desk.handle(conversationId).describe()).status.name).toBe('COMPLETED')
    expect(await desk.conversation(conversationId)).toMatchObject({ status: 'closed', last_turn: 1 })
  })
})

describe('with the usual durations', () => {
  let desk: Everdesk
  beforeAll(async () => {
    desk = await startEverdesk({ desk: REHEARSAL, model, policy: { renewAfterEvents: 60 } })
  })
  afterAll(() => desk?.close())
  afterEach(() => desk.heal())

  const answered = async (text = '[order] hello') => {
    model.answers({ text: 'an answer' })
    const { conversationId } = await desk.start(text)
    await desk.settled(conversationId)
    return conversationId
  }
  const owner = (id: string, wanted: 'ai' | 'human') =>
    desk.until(async () => (await desk.conversation(id)).controlled_by === wanted, `${wanted} has the floor`)
  const story = async (id: string) => (await desk.handle(id).query<Timeline>('timeline')).map(({ what }) => what)

  test('C5: a message during a turn waits for it and starts the next', async () => {
    let release = () => {}
    const free = new Promise<void>((resolve) => (release = resolve))
    model.answers({ pieces: ['one'], release: free }, { text: 'two' })
    const { conversationId } = await desk.start('[order] first')
    await desk.until(async () => model.calls.length === 1, 'the model is asked')
    await desk.send(conversationId, '[order] second')
    release()
    const messages = await desk.settled(conversationId)
    expect(messages.filter(({ role }) => role === 'ai').map(({ text, turn }) => [text, turn])).toEqual([
      ['one', 1],
      ['two', 2],
    ])
  })

  test('C7: under many turns the run renews itself and carries nothing: no turn is lost, doubled or out of order', async () => {
    const conversationId = await answered()
    const runs = new Set<string>()
    for (let n = 2; n <= 9; n += 1) {
      model.answers({ text: `answer ${n}` })
      await desk.send(conversationId, `[order] question ${n}`)
      await desk.settled(conversationId)
      // A customer who writes again at once keeps the run from resting, and only a resting one renews itself.
      const doing = async () => (await desk.handle(conversationId).query<View>('conversation')).doing
      await desk.until(async () => (await doing()) === 'idle', 'the run rests')
      runs.add((await desk.handle(conversationId).describe()).runId)
    }
    expect(runs.size).toBeGreaterThan(1)
    const messages = await desk.settled(conversationId)
    expect(messages.filter(({ role }) => role === 'ai')).toHaveLength(9)
    expect(await desk.conversation(conversationId)).toMatchObject({ last_turn: 9, floor: 1 })
  })

  test('C7: bells in the very moment of renewal are heard', async () => {
    const conversationId = await answered()
    for (let n = 2; n <= 10; n += 1) {
      model.answers({ text: `answer ${n}` }, { text: `spare ${n}` })
      await Promise.all([
        desk.send(conversationId, `[order] question ${n}`),
        ...Array.from({ length: 10 }, () => desk.ring(conversationId)),
      ])
      await desk.settled(conversationId)
      model.reset()
    }
    const turns = await desk.db.selectFrom('turns').selectAll().where('conversation_id', '=', conversationId).execute()
    expect(turns.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'done'))
  })

  test('H6: escalate, takeOver and handBack from the Web UI do what they say, and the customer’s words are answered', async () => {
    const conversationId = await answered()
    const handle = desk.handle(conversationId)
    await handle.signal('escalate', { reason: 'anger' })
    await owner(conversationId, 'human')
    const handoff = await desk.db
      .selectFrom('handoffs')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .executeTakeFirstOrThrow()
    expect(handoff).toMatchObject({ reason: 'anger', state: 'offered' })
    await handle.signal('takeOver', { agent_id: 'agent_mia' })
    await desk.until(async () => {
      const found = await desk.db
        .selectFrom('handoffs')
        .selectAll()
        .where('id', '=', handoff.id)
        .executeTakeFirstOrThrow()
      return found.claimed_by?.id === 'agent_mia'
    }, 'the claim')
    await handle.signal('takeOver', { agent_id: 'agent_tom' })
    await desk.until(
      async () => (await story(conversationId)).includes('operator takeOver: already_claimed'),
      'the refusal',
    )
    await desk.send(conversationId, '[order] are you there?')
    expect((await desk.settled(conversationId)).at(-1)).toMatchObject({ status: 'handed_off' })
    model.answers({ text: 'back again' })
    await handle.signal('handBack', {})
    await owner(conversationId, 'ai')
    await desk.until(async () => (await desk.settled(conversationId)).at(-1)?.text === 'back again', 'the answer')
  })

  test('H6: whatever somebody types into a signal, the run goes on', async () => {
    const conversationId = await answered()
    const handle = desk.handle(conversationId)
    const garbage = [null, 7, 'x'.repeat(5000), [], { reason: { a: 1 }, agent_id: ['x'], floor: 'high' }, undefined]
    for (const argument of garbage) {
      for (const name of ['escalate', 'takeOver', 'handBack', 'customerMessage', 'handoffClaimed', 'nonsense']) {
        await handle.signal(name, ...(argument === undefined ? [] : [argument]))
      }
    }
    await handle.signal('handBack')
    await owner(conversationId, 'ai')
    await desk.until(async () => {
      const view = await handle.query<View>('conversation')
      return view.doing === 'idle' && view.controlled_by === 'ai'
    }, 'the run rests')
    model.answers({ text: 'still here' })
    await desk.send(conversationId, '[order] hello?')
    await desk.until(
      async () => (await desk.settled(conversationId)).some(({ text }) => text === 'still here'),
      'an answer',
    )
    expect((await handle.describe()).status.name).toBe('RUNNING')
  })

  test('H6: an agent id that no database keeps is carried out all the same, and does not wedge the run', async () => {
    for (const agent_id of ['mia\0', `${'x'.repeat(99)}😀`]) {
      const conversationId = await answered()
      const handle = desk.handle(conversationId)
      await handle.signal('takeOver', { agent_id })
      await owner(conversationId, 'human')
      const claimed = await desk.db
        .selectFrom('handoffs')
        .select('claimed_by')
        .where('conversation_id', '=', conversationId)
        .executeTakeFirstOrThrow()
      expect(claimed.claimed_by?.id).toMatch(/^(mia|x{99}\uFFFD)$/)
      await handle.signal('handBack')
      await owner(conversationId, 'ai')
    }
  })

  test('H6: a command that fails with the store at hand is given up, and customers do not wait behind it', async () => {
    await sql`create function refuse() returns trigger language plpgsql as
      'begin if new.actor = ''agent_cursed'' then raise exception ''refused''; end if; return new; end'`.execute(
      desk.db,
    )
    await sql`create trigger refuse before insert on audit_log for each row execute function refuse()`.execute(desk.db)
    const conversationId = await answered()
    await desk.handle(conversationId).signal('takeOver', { agent_id: 'agent_cursed' })
    model.answers({ text: 'still here' })
    await desk.send(conversationId, '[order] hello?')
    expect((await desk.settled(conversationId)).at(-1)?.text).toBe('still here')
    await desk.until(async () => (await story(conversationId)).includes('operator takeOver: given up'), 'the end of it')
  })

  test('Rule 4: a bell with a floor that never was cancels at most one attempt, and the message is answered', async () => {
    const conversationId = await answered()
    await desk.handle(conversationId).signal('handoffClaimed', { floor: 1_000_000 })
    model.answers({ text: 'still here' }, { text: 'still here' })
    await desk.send(conversationId, '[order] hello?')
    expect((await desk.settled(conversationId, 5000)).at(-1)?.text).toBe('still here')
    expect((await story(conversationId)).filter((what) => what.startsWith('turn cancelled')).length).toBeLessThan(2)
  })

  test('H6: an escalation in the middle of a model call cancels it, and its words never come', async () => {
    model.answers({ pieces: ['never '], release: new Promise(() => {}) })
    const { conversationId } = await desk.start('[order] tell me')
    await desk.until(async () => model.calls.length === 1, 'the model is asked')
    await desk.handle(conversationId).signal('escalate', { reason: 'operator' })
    await owner(conversationId, 'human')
    await desk.until(
      async () => (await story(conversationId)).includes('turn cancelled by a newer floor'),
      'the cancel',
    )
    expect((await desk.settled(conversationId)).map(({ role }) => role)).toEqual(['customer', 'system'])
  })

  test('P1: a run that is terminated in mid-turn costs nothing: the next bell goes on with the same turn', async () => {
    model.answers({ stall: true }, { text: 'after all' })
    const { conversationId } = await desk.start('[order] hello')
    await desk.until(async () => model.calls.length === 1, 'the model is asked')
    await desk.handle(conversationId).terminate('a test')
    await desk.ring(conversationId)
    const messages = await desk.settled(conversationId)
    expect(messages.map(({ text }) => text)).toEqual(['[order] hello', 'after all'])
    expect(await desk.conversation(conversationId)).toMatchObject({ last_turn: 1 })
  })

  test('C11: terminated, and nobody rings: the relay does', async () => {
    const conversationId = await answered()
    const before = (await desk.handle(conversationId).describe()).runId
    await desk.handle(conversationId).terminate('a test')
    model.answers({ text: 'the relay rang' })
    const { acceptMessage } = await import('../../src/kernel/accept-message.ts')
    await acceptMessage(desk.kernel, {
      conversationId,
      customer: { id: 'cust_1001' },
      message: { text: '[order] hm', masked: false },
    })
    expect((await desk.settled(conversationId)).at(-1)?.text).toBe('the relay rang')
    expect((await desk.handle(conversationId).describe()).runId).not.toBe(before)
  })

  test('C11: a bell for a conversation that the store does not know ends cleanly', async () => {
    await desk.ring('conv_of_another_database')
    const handle = desk.handle('conv_of_another_database')
    await handle.result()
    expect((await handle.describe()).status.name).toBe('COMPLETED')
  })

  test('C11: a run that is cancelled ends as cancelled, also in mid-turn, and the next bell goes on', async () => {
    model.answers({ stall: true }, { text: 'after all' })
    const { conversationId } = await desk.start('[order] hello')
    await desk.until(async () => model.calls.length === 1, 'the model is asked')
    await desk.handle(conversationId).cancel()
    await desk.until(
      async () => (await desk.handle(conversationId).describe()).status.name === 'CANCELLED',
      'the cancel',
    )
    await desk.ring(conversationId)
    expect((await desk.settled(conversationId)).at(-1)?.text).toBe('after all')
  })

  test('C11: a run that is cancelled while a summary is being written ends as cancelled, and the next bell goes on', async () => {
    model.answers({ text: 'answer 0' })
    const { conversationId } = await desk.start('[order] hello')
    await desk.settled(conversationId)
    for (let n = 1; n <= 9; n += 1) {
      model.answers({ text: `answer ${n}` })
      await desk.send(conversationId, `[order] question ${n}`)
      await desk.settled(conversationId)
    }
    model.answers({ text: 'answer 10' })
    model.stallSummary()
    await desk.send(conversationId, '[order] question 10')
    await desk.until(async () => model.calls.some(({ purpose }) => purpose === 'summary'), 'the summary is asked for')
    await desk.handle(conversationId).cancel()
    await desk.until(async () => (await desk.handle(conversationId).describe()).status.name !== 'RUNNING', 'the end')
    expect((await desk.handle(conversationId).describe()).status.name).toBe('CANCELLED')
    model.answers({ text: 'after all' })
    model.summaries('a summary')
    await desk.send(conversationId, '[order] hello?')
    expect((await desk.settled(conversationId)).at(-1)?.text).toBe('after all')
    await desk.until(async () => (await desk.conversation(conversationId)).summary, 'the summary')
  })

  test('C7: a run that would renew while a summary is being written hears operators and customers all the same', async () => {
    const conversationId = await answered()
    for (let n = 1; n <= 9; n += 1) {
      model.answers({ text: `answer ${n}` })
      await desk.send(conversationId, `[order] question ${n}`)
      await desk.settled(conversationId)
    }
    model.answers({ text: 'answer 10' })
    model.stallSummary()
    model.stallSummary()
    await desk.send(conversationId, '[order] question 10')
    await desk.until(async () => model.calls.some(({ purpose }) => purpose === 'summary'), 'the summary is asked for')
    const handle = desk.handle(conversationId)
    await handle.signal('takeOver', { agent_id: 'agent_mia' })
    await desk.until(async () => (await desk.conversation(conversationId)).controlled_by === 'human', 'the claim', 5000)
    await handle.signal('handBack')
    await owner(conversationId, 'ai')
    model.answers({ text: 'still here' })
    await desk.send(conversationId, '[order] hello?')
    expect((await desk.settled(conversationId, 5000)).at(-1)?.text).toBe('still here')
    await handle.terminate('a test')
  })

  test('Rule 4: an operator’s signal is recorded once with run and ordinal, and audited', async () => {
    const conversationId = await answered()
    await desk.handle(conversationId).signal('escalate', { reason: 'no such code' })
    await owner(conversationId, 'human')
    const run = (await desk.handle(conversationId).describe()).runId
    const commands = await desk.db
      .selectFrom('commands')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .execute()
    expect(commands.map(({ actor, kind, id }) => [actor, kind, id])).toEqual([
      ['operator:operator', 'escalate', `${run}/1`],
    ])
    const audited = await desk.db
      .selectFrom('audit_log')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .execute()
    expect(audited.map(({ action, detail }) => [action, detail])).toContainEqual([
      'handoff.offered',
      { role: 'operator', reason: 'operator' },
    ])
  })

  test('O1: queries, search attributes and current details show how it stands, and who it is stays out of them', async () => {
    const conversationId = await answered('[account] hello')
    const handle = desk.handle(conversationId)
    await desk.until(async () => (await handle.query<View>('conversation')).doing === 'idle', 'the run rests')
    expect(await handle.query('conversation')).toMatchObject({
      status: 'pending',
      controlled_by: 'ai',
      floor: 1,
      intent: 'account',
      turn: 1,
      cost_usd: '0.000110000',
    })
    expect(await story(conversationId)).toEqual(['turn 1', 'round 1 replied', 'idle'])
    const described = await desk.until(async () => {
      const found = await handle.describe()
      return found.searchAttributes['EverdeskStatus']?.[0] === 'pending' ? found : null
    }, 'the attributes')
    expect(described.searchAttributes).toMatchObject({
      EverdeskControlledBy: ['ai'],
      EverdeskIntent: ['account'],
      EverdeskPriority: ['normal'],
      EverdeskChannel: ['web'],
      EverdeskDesk: ['rehearsal'],
    })
    expect(JSON.stringify(described.searchAttributes)).not.toContain('cust_')
    const details = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')
    expect(details.currentDetails).toContain('**pending**, the AI has the floor (1)')
    expect(details.currentDetails).not.toContain('cust_')
  })
})
