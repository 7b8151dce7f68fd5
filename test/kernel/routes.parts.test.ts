// What becomes of a route: doubt is counted, and transfers between specialists are few and on record.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitModelRoute } from '../../src/kernel/route-turn.ts'
import type { RoutingRule } from '../../src/domain/routing.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage } from '../support/kernel-story.ts'

describe.each(databaseKinds())('routes on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    const known: RoutingRule = {
      name: 'known',
      decide: (text) => (text.includes('[order]') ? { intent: 'order', confidence: 1 } : null),
    }
    it = await createStory(kind, { routingRules: [known] })
  })
  afterAll(() => it?.close())

  test('A1: unsure asks once, and the second time in a row a person is needed', async () => {
    const id = await it.begin('hm')
    const unsure = (turn: number, confidence = 0.4) =>
      commitModelRoute(it.kernel, { conversationId: id, turn, intent: 'order', confidence, usage: usage('classify') })
    expect(await unsure(await it.turn(id))).toMatchObject({ kind: 'asked' })
    expect((await it.messages(id)).at(-1)).toMatchObject({ role: 'ai', text: 'text: ask_intent' })
    await it.write(id, 'hm hm')
    expect(await unsure(await it.turn(id))).toMatchObject({ kind: 'handed_off' })
    expect(await it.handoff(id)).toMatchObject({ reason: 'low_confidence' })
  })

  test('A1: a sure answer in between forgets the doubt of before', async () => {
    const id = await it.begin('hm')
    const route = (turn: number, confidence: number) =>
      commitModelRoute(it.kernel, { conversationId: id, turn, intent: 'order', confidence, usage: usage('classify') })
    await route(await it.turn(id), 0.4)
    await it.write(id, 'clear')
    expect(await route(await it.turn(id), 0.9)).toMatchObject({ kind: 'routed' })
    await it.reply(id, 2)
    await it.write(id, 'hm again')
    expect(await route(await it.turn(id), 0.4)).toMatchObject({ kind: 'asked' })
  })

  test('A1: a route that the rules know for sure forgets the doubt too', async () => {
    const id = await it.begin('hm')
    const unsure = (turn: number) =>
      commitModelRoute(it.kernel, {
        conversationId: id,
        turn,
        intent: 'order',
        confidence: 0.4,
        usage: usage('classify'),
      })
    await unsure(await it.turn(id))
    await it.write(id, '[order] clear')
    await it.reply(id, await it.turn(id))
    await it.write(id, 'hm again')
    expect(await unsure(await it.turn(id))).toMatchObject({ kind: 'asked' })
  })

  test('A3: at most two transfers a turn, each a misroute row; the third goes back to the model', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const to = (name: string) => ({ tool: 'transfer', input: {}, run: false, outcome: 'transfer', to: name }) as const
    for (const [index, name] of ['one', 'two', 'three'].entries()) await it.ask(id, turn, [to(name)], index + 1)
    const misroutes = await it.db.selectFrom('misroutes').selectAll().where('conversation_id', '=', id).execute()
    expect(misroutes.map(({ from_specialist, to_specialist }) => [from_specialist, to_specialist])).toEqual([
      ['none', 'one'],
      ['one', 'two'],
    ])
    expect((await it.turns(id))[0]).toMatchObject({ specialist: 'two', transfers: 2 })
    const steps = await it.db
      .selectFrom('steps')
      .selectAll()
      .where('conversation_id', '=', id)
      .orderBy('ordinal')
      .execute()
    expect(steps.filter(({ kind }) => kind === 'tool').map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'refused'])
  })
})
