// Rule 11: approvals, transaction by transaction.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { decideApproval } from '../../src/kernel/decide-approval.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { ruleOnEffect } from '../../src/kernel/rule-on-effect.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { type Approvals, createApprovals, jonas, leo, mia } from '../support/kernel-approvals.ts'
import { writeCall } from '../support/kernel-story.ts'
import { refusalOf } from '../support/refusal.ts'

describe.each(databaseKinds())('approvals on %s', (kind) => {
  let it: Approvals
  beforeAll(async () => {
    it = await createApprovals(kind)
  })
  afterAll(() => it?.close())
  let orders = 0
  const order = () => String((orders += 1))
  const last = async (id: string) => (await it.messages(id)).at(-1)
  const hour = 60 * 60_000

  test('H3: a write over the limit waits; the turn ends with words that answer its message, and nobody is chased meanwhile', async () => {
    const { id } = await it.asked('22345', 124_900)
    expect(await it.approval(id)).toMatchObject({
      tool: 'refund',
      arguments: { order: '22345', cents: '124900' },
      text: 'Refund 124900 cents of order 22345.',
      consequence: 'It runs once, at the second approval, and cannot be undone.',
      needed_role: 'supervisor',
      needed_people: 2,
      reasons: ['amount', 'daily_sum'],
      state: 'pending',
    })
    const [question] = await it.messages(id)
    expect(question).toMatchObject({ status: 'answered' })
    expect(await last(id)).toMatchObject({
      role: 'ai',
      in_reply_to: [question?.id],
      text: 'text: approval_waits_for_two',
    })
    expect(await it.row(id)).toMatchObject({ status: 'pending', controlled_by: 'ai', quiet_at: null })
    expect(await it.effects(id)).toEqual([])
    it.advance(hour)
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await it.messages(id)).toHaveLength(2)
  })

  test('H3: two different people, one a supervisor; then a turn of its own runs it once and tells it', async () => {
    const { id, approval } = await it.asked(order(), 124_900)
    expect(await it.decide(approval, mia)).toMatchObject({ state: 'pending', decisions: [{ decision: 'approve' }] })
    expect(await refusalOf(it.decide(approval, leo))).toBe('forbidden')
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await it.decide(approval, jonas)).toMatchObject({ state: 'approved' })
    const turn = await it.turn(id)
    expect((await it.turns(id)).at(-1)).toMatchObject({ cause: 'approval', approval_id: approval, state: 'open' })
    expect(await it.answer(id, turn, 1)).toMatchObject({ kind: 'stored', calls: [{ tool: 'refund', approval }] })
    expect(await it.effects(id)).toMatchObject([{ key: approval, authority: 'approval', state: 'intended' }])
    expect(await it.send(id)).toMatchObject({ moved: true, stale: false })
    await it.end(id, 'settled')
    expect(await it.approval(id)).toMatchObject({ state: 'executed', told_at: null })
    expect(await it.answer(id, turn, 2)).toEqual({ kind: 'ended' })
    expect(await last(id)).toMatchObject({ role: 'ai', text: 'text: approval_executed' })
    expect(await it.approval(id)).toMatchObject({ state: 'executed', told_at: new Date(it.now()) })
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await it.effects(id)).toHaveLength(1)
    const types = (await it.events(id)).map(({ type, data }) =>
      type.startsWith('approval') ? { type, ...data } : type,
    )
    expect(types.filter((one) => typeof one === 'object')).toEqual([
      { type: 'approval-requested', approval_id: approval, text: expect.stringContaining('124900') },
      { type: 'approval-decided', approval_id: approval, state: 'pending' },
      { type: 'approval-decided', approval_id: approval, state: 'approved' },
      { type: 'approval-decided', approval_id: approval, state: 'executed' },
    ])
  })

  test('H3: wrong digest, second, late and own decisions and too low a role are refused with a code, and nothing runs', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    const code = refusalOf
    expect(await code(it.decide(approval, jonas, { digest: 'another' }))).toBe('wrong_digest')
    expect(await code(it.decide(approval, mia))).toBe('forbidden')
    expect(await code(it.decide(approval, { ...jonas, id: 'cust_1002' }))).toBe('forbidden')
    expect(
      await code(
        decideApproval(it.kernel, {
          approvalId: 'appr_nobody',
          person: jonas,
          decision: 'approve',
          digest: '',
          by: 'api',
        }),
      ),
    ).toBe('not_found')
    expect(await it.effects(id)).toEqual([])
    const refused = await it.decide(approval, jonas, { decision: 'refuse', reason: 'Not yet returned.' })
    expect(refused).toMatchObject({ state: 'refused', refused_because: 'Not yet returned.' })
    // The very same request again returns the first outcome; another one of the same person is too late.
    expect(await it.decide(approval, jonas, { decision: 'refuse' })).toEqual(refused)
    expect(await code(it.decide(approval, jonas))).toBe('already_decided')
    expect(await code(it.decide(approval, { ...jonas, id: 'sup_eva' }))).toBe('already_decided')
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await last(id)).toMatchObject({ role: 'ai', text: 'text: approval_refused_because' })
    expect(await it.effects(id)).toEqual([])
  })

  test('H3: of two decisions at the same moment one counts, whatever it is', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, approval } = await it.asked(order(), 30_000, `cust_race_${round}`)
      const eva = { ...jonas, id: 'sup_eva' }
      const outcomes = await Promise.allSettled([
        it.decide(approval, jonas),
        it.decide(approval, eva, { decision: 'refuse' }),
        it.decide(approval, jonas),
        it.decide(approval, { ...jonas, id: 'sup_kim' }),
      ])
      const states = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.state] : []))
      expect(new Set(states).size).toBe(1)
      expect((await it.approval(id)).state).toBe(states[0])
      await it.take(id)
      expect((await it.effects(id)).length).toBe(states[0] === 'approved' ? 1 : 0)
    }
  })

  test('H3: an edit supersedes, has its own digest and its own needs, and runs nothing until that one is approved', async () => {
    const { id, approval } = await it.asked(order(), 124_900)
    const { arguments: before } = await it.approval(id)
    expect(await refusalOf(it.decide(approval, jonas, { arguments: { ...before, cents: '0' } }))).toBe(
      'invalid_request',
    )
    expect(await refusalOf(it.decide(approval, jonas, { arguments: { ...before, order: '99' } }))).toBe(
      'invalid_request',
    )
    const edited = await it.decide(approval, jonas, { arguments: { ...before, cents: '15000' } })
    expect(edited).toMatchObject({
      state: 'pending',
      amount: { cents: 15_000 },
      needed: { role: 'agent', people: 1 },
      decisions: [],
    })
    expect(edited.id).not.toBe(approval)
    await expect(it.decide(approval, mia)).rejects.toMatchObject({
      code: 'already_decided',
      extra: { superseded_by: edited.id },
    })
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    // The editor may be one of its approvers.
    expect(await it.decide(edited.id, jonas)).toMatchObject({ state: 'approved' })
    await it.turn(id)
    expect(await it.effects(id)).toMatchObject([
      { key: edited.id, arguments: { cents: '15000' }, amount_cents: 15_000 },
    ])
  })

  test('H3: nobody decides in time, so it expires, a late decision is refused, and the customer is told', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    const { expires_at: expires } = await it.approval(id)
    expect((await it.row(id)).wake_at).toEqual(expires)
    it.advance(24 * hour)
    expect(await refusalOf(it.decide(approval, jonas))).toBe('expired')
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await it.approval(id)).toMatchObject({ state: 'expired' })
    expect(await last(id)).toMatchObject({ role: 'ai', text: 'text: approval_expired' })
    expect(await refusalOf(it.decide(approval, jonas))).toBe('expired')
    expect(await it.effects(id)).toEqual([])
  })

  test('H3: messages meanwhile are ordinary turns, and the same wish again asks nobody twice', async () => {
    const number = order()
    const { id, approval } = await it.asked(number, 30_000)
    await it.write(id, 'how long does it take?', 'cust_1002')
    const question = await it.turn(id)
    expect(await it.reply(id, question)).toMatchObject({ kind: 'committed' })
    await it.write(id, 'refund it now', 'cust_1002')
    const again = await it.turn(id)
    await it.ask(id, again, [writeCall('refund', { order: number, cents: '30000' })])
    expect(await it.intend(id, again, number, 30_000)).toEqual({ kind: 'waits', approval })
    expect(await it.answer(id, again, 2)).toEqual({ kind: 'ended' })
    expect(await last(id)).toMatchObject({ text: 'text: approval_waits' })
    expect(await it.approvals(id)).toHaveLength(1)
    // Nor does another conversation of the customer.
    const other = await it.begin('refund', 'cust_1002')
    const turn = await it.turn(other)
    await it.ask(other, turn, [writeCall('refund', { order: number, cents: '30000' })])
    expect(await it.intend(other, turn, number, 30_000)).toEqual({ kind: 'busy' })
  })

  test('Rule 11: with a person on the floor the write still runs, and what came of it is a notice of the system', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    await takeOver(it.kernel, { conversationId: id, agent: leo })
    await it.decide(approval, jonas)
    const next = await it.take(id)
    expect(next).toMatchObject({ kind: 'settle' })
    expect(await it.send(id)).toMatchObject({ moved: true, stale: false })
    await it.end(id, 'settled')
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await last(id)).toMatchObject({ role: 'system', text: 'text: approval_executed' })
    expect((await it.turns(id)).filter(({ cause }) => cause === 'approval')).toEqual([])
    expect(await it.row(id)).toMatchObject({ controlled_by: 'human' })
  })

  test('Rule 11: taken over in the middle of its turn, the write is neither refused nor made twice, and told once', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    await it.decide(approval, jonas)
    const turn = await it.turn(id)
    await takeOver(it.kernel, { conversationId: id, agent: leo })
    expect((await it.effects(id)).filter(({ authority }) => authority === 'approval')).toMatchObject([
      { state: 'intended' },
    ])
    expect(await it.answer(id, turn, 2)).toEqual({ kind: 'stale' })
    expect(await it.take(id)).toMatchObject({ kind: 'settle' })
    expect(await it.send(id)).toMatchObject({ moved: true })
    expect(await it.send(id)).toMatchObject({ moved: false })
    await handBack(it.kernel, { conversationId: id, actor: leo })
    await it.end(id, 'settled')
    await it.take(id)
    expect((await it.messages(id)).filter(({ text }) => text.includes('approval_executed'))).toHaveLength(1)
  })

  test('Rule 11: what the business declines has failed and is told so', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    await it.decide(approval, jonas)
    const turn = await it.turn(id)
    await it.send(id)
    await it.end(id, 'refused', 'Already refunded.')
    expect(await it.answer(id, turn, 2)).toEqual({ kind: 'ended' })
    expect(await it.approval(id)).toMatchObject({ state: 'failed' })
    expect(await last(id)).toMatchObject({ text: 'text: approval_failed' })
  })

  test('Rule 11: an unknown outcome goes to a person, whose ruling is told', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    await it.decide(approval, jonas)
    const turn = await it.turn(id)
    await it.send(id)
    await it.end(id, 'unknown')
    expect(await it.answer(id, turn, 2)).toMatchObject({ kind: 'handed_off', reason: 'unknown_outcome' })
    expect(await it.approval(id)).toMatchObject({ state: 'approved', told_at: null })
    const [effect] = (await it.effects(id)).filter(({ authority }) => authority === 'approval')
    await ruleOnEffect(it.kernel, { effectId: effect?.id ?? '', person: jonas, outcome: 'happened', note: 'seen' })
    expect(await it.approval(id)).toMatchObject({ state: 'executed' })
    // The ticket of the handoff comes first or after; both are handed out.
    await it.take(id)
    expect((await it.messages(id)).at(-1)).toMatchObject({ role: 'system', text: 'text: approval_executed' })
  })

  test('Rule 7: a close waits for what was approved, and expires what nobody decided on', async () => {
    const waiting = await it.asked(order(), 30_000)
    await closeByCommand(it.kernel, {
      conversationId: waiting.id,
      actor: { id: 'cust_1002', name: '', role: 'customer' },
    })
    expect(await it.row(waiting.id)).toMatchObject({ status: 'closed' })
    expect(await it.approval(waiting.id)).toMatchObject({ state: 'expired' })
    expect(await it.take(waiting.id)).toMatchObject({ kind: 'done' })

    const agreed = await it.asked(order(), 30_000)
    await it.decide(agreed.approval, jonas)
    await closeByCommand(it.kernel, {
      conversationId: agreed.id,
      actor: { id: 'cust_1002', name: '', role: 'customer' },
    })
    expect(await it.row(agreed.id)).toMatchObject({ status: 'pending' })
    const turn = await it.turn(agreed.id)
    await it.send(agreed.id)
    await it.end(agreed.id, 'settled')
    await it.answer(agreed.id, turn, 2)
    expect(await it.take(agreed.id)).toMatchObject({ kind: 'done' })
    expect(await it.row(agreed.id)).toMatchObject({ status: 'closed' })
  })

  test('Rule 11: arguments changed behind the approval’s back run never', async () => {
    const { id, approval } = await it.asked(order(), 30_000)
    await it.decide(approval, jonas)
    const changed = JSON.stringify({ order: 'x', cents: '99999' })
    await it.db.updateTable('approvals').set({ arguments: changed }).where('id', '=', approval).execute()
    expect(await it.take(id)).toMatchObject({ kind: 'idle' })
    expect(await it.effects(id)).toEqual([])
    expect(await last(id)).toMatchObject({ text: 'text: approval_failed' })
  })

  test('H3: two conversations cannot together lift a day over its limit unseen', async () => {
    const customer = 'cust_daily'
    const kinds = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const id = await it.begin('refund', customer)
        const turn = await it.turn(id)
        const number = order()
        await it.ask(id, turn, [writeCall('refund', { order: number, cents: '5000' })])
        return (await it.intend(id, turn, number, 5000)).kind
      }),
    )
    expect(kinds.filter((kind) => kind === 'effect')).toHaveLength(10)
    expect(kinds.filter((kind) => kind === 'waits')).toHaveLength(2)
  })
})
