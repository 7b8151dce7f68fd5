// P7: what is stuck is on the list within a minute of being late, and leaves it when it is not stuck any more.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { beginSend, endEffect, intendEffect } from '../../src/kernel/move-effect.ts'
import { countAlerts, listAlerts } from '../../src/kernel/reads/alerts.ts'
import { ruleOnEffect } from '../../src/kernel/rule-on-effect.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { turnAlive } from '../../src/kernel/turn-alive.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, writeCall } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const second = 1000
const minute = 60 * second

describe.each(databaseKinds())('the alert list on %s', (kind) => {
  let it: Story
  beforeEach(async () => {
    it = await createStory(kind)
  })
  afterEach(() => it?.close())

  const list = async () => (await listAlerts(it.kernel, {}, { limit: 20 })).data
  const kinds = async () => {
    const rows = (await list()).map((alert) => alert.kind)
    const counts = await countAlerts(it.kernel)
    // Numbers on a dashboard are exactly the rows of the list.
    for (const [name, count] of Object.entries(counts)) expect(rows.filter((row) => row === name)).toHaveLength(count)
    return rows
  }

  test('P7: a message that no run took up is there after half a minute, and past the deadline for a second reason', async () => {
    const began = new Date(it.now()).toISOString()
    const id = await it.begin('hello')
    it.advance(29 * second)
    expect(await kinds()).toEqual([])
    it.advance(2 * second)
    const alert = { conversation_id: id, desk: 'test-desk', since: began }
    expect(await list()).toEqual([{ ...alert, kind: 'not_taken_up', subject: id }])
    it.advance(90 * second)
    const [message] = await it.messages(id)
    expect(await list()).toEqual([
      { ...alert, kind: 'message_overdue', subject: message?.id },
      { ...alert, kind: 'not_taken_up', subject: id },
    ])
    await it.reply(id, await it.turn(id))
    expect(await kinds()).toEqual([])
  })

  test('P7: a turn is there when it gives no signs of life, not while it works, and again when its deadline is over', async () => {
    const id = await it.begin('hello')
    const turn = await it.turn(id)
    it.advance(31 * second)
    expect(await list()).toMatchObject([{ kind: 'turn_stuck', conversation_id: id, subject: '1' }])
    await turnAlive(it.kernel, { conversationId: id, turn })
    expect(await kinds()).toEqual([])
    it.advance(2 * minute)
    await turnAlive(it.kernel, { conversationId: id, turn })
    expect((await kinds()).toSorted()).toEqual(['message_overdue', 'turn_stuck'])
  })

  test('P7: a write that stays sent is there after five minutes, an unknown one at once, until a person ruled', async () => {
    const id = await it.begin('please')
    const turn = await it.turn(id)
    await it.ask(id, turn, [writeCall('w', { a: '1' })])
    const wish = {
      conversationId: id,
      turn,
      call: '1-0',
      tool: 'w',
      businessKey: null,
      repeatable: false,
      input: { a: '1' },
    }
    const intended = await intendEffect(it.kernel, wish)
    if (intended.kind !== 'effect') throw new Error(intended.kind)
    const effect = intended.effect.id
    await beginSend(it.kernel, { conversationId: id, effect })
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    const about = async () => (await list()).filter(({ subject }) => subject === effect).map((alert) => alert.kind)
    it.advance(4 * minute)
    expect(await about()).toEqual([])
    it.advance(2 * minute)
    expect(await about()).toEqual(['effect_unsettled'])
    const outcome = { outcome: 'unknown' as const, data: {} }
    await endEffect(it.kernel, { conversationId: id, effect, state: 'unknown', result: outcome })
    expect(await about()).toEqual(['effect_unknown'])
    await ruleOnEffect(it.kernel, { effectId: effect, person: mia, outcome: 'happened', note: 'seen' })
    expect(await about()).toEqual([])
  })

  test('P7: a handoff is there once it waits longer than the customer was told, however often it is offered, until it is claimed', async () => {
    const id = await it.begin('a person please')
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    const { id: handoffId } = await it.handoff(id)
    const about = async () => (await list()).filter(({ subject }) => subject === handoffId).map((alert) => alert.kind)
    it.advance(14 * minute)
    await it.take(id)
    expect(await about()).toEqual([])
    it.advance(2 * minute)
    await it.take(id)
    expect(await about()).toEqual(['handoff_unclaimed'])
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    expect(await about()).toEqual([])
  })

  test('the list comes in pages, longest first, and by kind', async () => {
    const ids: string[] = []
    for (let n = 0; n < 3; n++) {
      ids.push(await it.begin(`hello ${n}`, `cust_100${n + 1}`))
      it.advance(second)
    }
    it.advance(minute)
    const first = await listAlerts(it.kernel, { kind: 'not_taken_up' }, { limit: 2 })
    const rest = await listAlerts(it.kernel, { kind: 'not_taken_up' }, { limit: 2, cursor: first.next_cursor ?? '' })
    expect([...first.data, ...rest.data].map((alert) => alert.conversation_id)).toEqual(ids)
    expect(rest.next_cursor).toBeNull()
    expect((await listAlerts(it.kernel, { kind: 'effect_unknown' }, { limit: 2 })).data).toEqual([])
  })
})
