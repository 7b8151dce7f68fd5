// Rule 10: the effect ledger, move by move.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { beginSend, endEffect, findEffect, intendEffect } from '../../src/kernel/move-effect.ts'
import { ruleOnEffect } from '../../src/kernel/rule-on-effect.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, writeCall } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('the effect ledger on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  type Wish = {
    input?: Record<string, string>
    businessKey?: string | null
    repeatable?: boolean
    tool?: string
    call?: string
  }
  const wish = (id: string, turn: number, { input = { a: '1' }, ...rest }: Wish = {}) => ({
    conversationId: id,
    turn,
    call: '1-0',
    tool: 'w',
    businessKey: null,
    repeatable: false,
    input,
    ...rest,
  })
  const intend = (id: string, turn: number, of?: Wish) => intendEffect(it.kernel, wish(id, turn, of))
  const intended = async (id: string, turn: number, of?: Wish) => {
    const done = await intend(id, turn, of)
    if (done.kind !== 'effect') throw new Error(done.kind)
    return done.effect
  }
  const begun = async () => {
    const id = await it.begin('please')
    const turn = await it.turn(id)
    await it.ask(id, turn, [writeCall('w', { a: '1' })])
    return { id, turn }
  }
  const end = (id: string, effect: string, state: 'settled' | 'refused' | 'unknown') => {
    const outcome = state === 'settled' ? ('ok' as const) : state
    return endEffect(it.kernel, { conversationId: id, effect, state, result: { outcome, data: { state } } })
  }
  const send = (id: string, effect: string) => beginSend(it.kernel, { conversationId: id, effect })

  test('Rule 10: of many attempts at the same moment exactly one moves the write to sent', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    const sendings = await Promise.all(Array.from({ length: 20 }, () => send(id, effect)))
    expect(sendings.filter((sending) => sending?.moved)).toHaveLength(1)
    expect(sendings.every((sending) => sending?.effect.state === 'sent' && !sending.stale)).toBe(true)
    expect((await it.effects(id))[0]).toMatchObject({ state: 'sent', sent_at: new Date(it.now()) })
  })

  test('Rule 10: who is allowed to send again has a lease of its own, and nobody is once the floor has moved', async () => {
    const again = (id: string, effect: string) =>
      beginSend(it.kernel, { conversationId: id, effect, deduplicates: () => true })
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    it.advance(10_000)
    const allowed = new Date(it.now())
    expect(await again(id, effect)).toMatchObject({ moved: false, floorMoved: false, effect: { allowed_at: allowed } })
    // A look-up counts from here: what sleeps with this permission may still send until its lease is over.
    expect((await it.effects(id))[0]).toMatchObject({ state: 'sent', allowed_at: allowed })
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    it.advance(10_000)
    expect(await again(id, effect)).toMatchObject({ moved: false, floorMoved: true, effect: { allowed_at: allowed } })
  })

  test('Rule 10: a call that was booked as failed is never sent afterwards, however far its attempt had come', async () => {
    const answer = (id: string, turn: number) => beginAnswer(it.kernel, { conversationId: id, turn, round: 2 })
    const half = await begun()
    const { id: effect } = await intended(half.id, half.turn)
    expect(await answer(half.id, half.turn)).toMatchObject({ kind: 'go' })
    expect(await send(half.id, effect)).toMatchObject({ moved: false, effect: { state: 'refused' } })

    const asleep = await begun()
    expect(await answer(asleep.id, asleep.turn)).toMatchObject({ kind: 'go' })
    expect(await intend(asleep.id, asleep.turn)).toEqual({ kind: 'stale' })
    expect(await it.effects(asleep.id)).toEqual([])
  })

  test('Rule 10: the same write again in its turn is the same row, whatever the order of its arguments', async () => {
    const { id, turn } = await begun()
    const first = await intended(id, turn, { input: { a: '1', b: '2' } })
    const again = await Promise.all([1, 2, 3].map(() => intended(id, turn, { input: { b: '2', a: '1' } })))
    expect(again.map((effect) => effect.id)).toEqual([first.id, first.id, first.id])
    expect(await findEffect(it.kernel, wish(id, turn, { input: { b: '2', a: '1' } }))).toMatchObject({ id: first.id })
    expect(await it.effects(id)).toHaveLength(1)
  })

  test.each(['sent', 'unknown', 'settled'] as const)(
    'Rule 10: an identical write of a later turn needs a person when the first is %s',
    async (state) => {
      const { id, turn } = await begun()
      const { id: effect } = await intended(id, turn)
      await send(id, effect)
      if (state !== 'sent') await end(id, effect, state)
      await it.reply(id, turn)
      await it.write(id, 'again')
      const next = await it.turn(id)
      expect((await intend(id, next)).kind).toBe('waits')
      const asked = await it.db.selectFrom('approvals').selectAll().where('conversation_id', '=', id).execute()
      expect(asked).toMatchObject([{ tool: 'w', reasons: ['made_before'], state: 'pending' }])
      expect((await intend(id, next, { input: { a: '2' }, call: '1-1' })).kind).toBe('effect')
    },
  )

  test('Rule 10: a write that may be repeated needs nobody the second time', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn, { repeatable: true })
    await send(id, effect)
    await end(id, effect, 'settled')
    await it.reply(id, turn)
    await it.write(id, 'again')
    expect((await intend(id, await it.turn(id), { repeatable: true })).kind).toBe('effect')
  })

  test('Rule 10: a write that was refused may be asked for again', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await end(id, effect, 'refused')
    await it.reply(id, turn)
    await it.write(id, 'again')
    expect((await intend(id, await it.turn(id))).kind).toBe('effect')
  })

  test('Rule 10: the lock on a business key holds across conversations until settled or refused', async () => {
    const one = await begun()
    const two = await begun()
    const key = { businessKey: `order/${one.id}/refund` }
    const first = await intended(one.id, one.turn, key)
    const busy = async () => (await intend(two.id, two.turn, { ...key, input: { a: 'other' } })).kind
    expect(await busy()).toBe('busy')
    await send(one.id, first.id)
    expect(await busy()).toBe('busy')
    await end(one.id, first.id, 'unknown')
    expect(await busy()).toBe('busy')
    await end(one.id, first.id, 'settled')
    expect(await busy()).toBe('effect')
  })

  test('Rule 10: of two conversations that want the same business key at the same moment one gets it', async () => {
    const turns = await Promise.all(Array.from({ length: 6 }, begun))
    const key = { businessKey: `order/${turns[0]?.id}/cancel` }
    const kinds = await Promise.all(turns.map(({ id, turn }) => intend(id, turn, key)))
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['busy', 'busy', 'busy', 'busy', 'busy', 'effect'])
  })

  test('Rule 10: the end of a turn frees the business key of what was never sent', async () => {
    const one = await begun()
    const key = { businessKey: `order/${one.id}/change` }
    await intended(one.id, one.turn, key)
    await it.reply(one.id, one.turn)
    const two = await begun()
    expect((await intend(two.id, two.turn, key)).kind).toBe('effect')
  })

  test('Rule 10: settling is never stale: after a takeover what happened is still recorded, with its tool step', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    expect((await it.effects(id)).find(({ tool }) => tool === 'w')).toMatchObject({ state: 'sent' })
    expect(await end(id, effect, 'settled')).toMatchObject({ state: 'settled' })
    const finished = (await it.events(id)).filter(({ type }) => type === 'tool-finished')
    expect(finished.map(({ data }) => data)).toMatchObject([{ call_id: '1-0', outcome: 'ok' }])
  })

  test('Rule 10: late proof turns unknown into settled, and nothing turns an end back', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    const states: (string | undefined)[] = []
    for (const state of ['unknown', 'refused', 'unknown', 'settled', 'refused', 'unknown'] as const) {
      states.push((await end(id, effect, state))?.state)
    }
    expect(states).toEqual(['unknown', 'unknown', 'unknown', 'settled', 'settled', 'settled'])
    const audit = await it.db.selectFrom('audit_log').selectAll().where('subject', '=', effect).execute()
    expect(audit.map(({ detail }) => detail)).toMatchObject([{ state: 'unknown' }, { state: 'settled' }])
  })

  test('Rule 10: an unknown outcome inside a turn ends it before another model call; a person gets it', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await end(id, effect, 'unknown')
    expect(await it.row(id)).toMatchObject({ controlled_by: 'ai', open_turn: turn })
    const next = await beginAnswer(it.kernel, { conversationId: id, turn, round: 2 })
    expect(next).toMatchObject({ kind: 'handed_off', reason: 'unknown_outcome' })
    expect((await it.messages(id)).at(-1)?.text).toBe('text: outcome_unknown text: handoff_nobody_online')
  })

  test('Rule 10: a write whose activity gave up while sent counts as unknown to its turn, and stays to be looked up', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    const next = await beginAnswer(it.kernel, { conversationId: id, turn, round: 2 })
    expect(next).toMatchObject({ kind: 'handed_off', reason: 'unknown_outcome' })
    const seen: string[] = []
    for (let n = 0; n < 6; n += 1) {
      const taken = await it.take(id)
      if (taken.kind === 'settle') seen.push(taken.effect)
      else it.advance((taken.kind === 'idle' ? (taken.wakeAt ?? it.now()) : it.now()) - it.now())
    }
    expect(seen).toContain(effect)
    expect(await send(id, effect)).toMatchObject({ moved: false, floorMoved: true, effect: { state: 'sent' } })
  })

  test('Rule 10: an unknown outcome that nobody’s turn hears of offers a handoff by itself', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await it.reply(id, turn)
    await end(id, effect, 'unknown')
    expect(await it.row(id)).toMatchObject({ controlled_by: 'human' })
    expect(await it.handoff(id)).toMatchObject({ reason: 'unknown_outcome' })
  })

  test('Rule 10: an unknown outcome is told also while another turn is open, by a run that was terminated', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    it.advance(1000)
    await handBack(it.kernel, { conversationId: id, actor: mia })
    const next = await it.turn(id)
    expect(next).toBe(turn + 1)
    await end(id, effect, 'unknown')
    expect(await it.row(id)).toMatchObject({ controlled_by: 'human', open_turn: null })
    expect(await it.handoff(id)).toMatchObject({ reason: 'unknown_outcome', state: 'offered' })
  })

  test('Rule 10: late proof wins over a person who ruled that it did not happen', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await end(id, effect, 'unknown')
    const ruled = await ruleOnEffect(it.kernel, {
      effectId: effect,
      person: mia,
      outcome: 'did_not_happen',
      note: 'no trace',
    })
    expect(ruled.outcome.state).toBe('refused')
    expect((await end(id, effect, 'unknown'))?.state).toBe('refused')
    expect((await end(id, effect, 'settled'))?.state).toBe('settled')
  })

  test('Rule 10: takeNext hands out a sent write of an ended turn, each time later, until it ends', async () => {
    const { id, turn } = await begun()
    const { id: effect } = await intended(id, turn)
    await send(id, effect)
    await it.reply(id, turn)
    const waits: number[] = []
    for (let n = 0; n < 8; n += 1) {
      const due = (await it.effects(id))[0]?.next_try_at?.getTime() ?? 0
      it.advance(Math.max(0, due - it.now()))
      expect(await it.take(id)).toMatchObject({ kind: 'settle', effect })
      waits.push(((await it.effects(id))[0]?.next_try_at?.getTime() ?? 0) - it.now())
    }
    expect(waits.every((wait, index) => wait >= 15_000 && wait >= (waits[index - 1] ?? 0))).toBe(true)
    await end(id, effect, 'settled')
    expect((await it.take(id)).kind).toBe('idle')
  })

  test('Rule 10: a handoff’s ticket may be sent under a person’s floor, and its number lands on both rows', async () => {
    const id = await it.begin('please')
    await escalate(it.kernel, { conversationId: id, reason: 'anger' })
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    const [ticket] = await it.effects(id)
    if (!ticket) throw new Error('no ticket')
    expect(await send(id, ticket.id)).toMatchObject({ moved: true, stale: false, floorMoved: false })
    const result = { outcome: 'ok' as const, data: {} }
    const settled = { conversationId: id, effect: ticket.id, state: 'settled' as const, result, ticketId: 'T-1' }
    await Promise.all([endEffect(it.kernel, settled), endEffect(it.kernel, settled)])
    expect(await it.row(id)).toMatchObject({ ticket_id: 'T-1' })
    expect(await it.handoff(id)).toMatchObject({ ticket_id: 'T-1' })
  })
})
