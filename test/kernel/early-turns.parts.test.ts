// A turn that is foreseen and taken before its run asks: the same turn, and none when anything has happened in between.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RoutingRule } from '../../src/domain/routing.ts'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { beginsSureTurn } from '../../src/kernel/accepted-hint.ts'
import { type Foreseen, foresee } from '../../src/kernel/foresee.ts'
import { takeMessages } from '../../src/kernel/take-messages.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage } from '../support/kernel-story.ts'

const ANNA = { id: 'anna', name: 'Anna', role: 'agent' } as const
const READS = [{ tool: 'get_order_status', input: { order: '12345' } }]
const RULES: RoutingRule[] = [
  {
    name: 'words',
    decide: (text) => {
      if (text.includes('poison')) throw new Error('a rule that cannot bear it')
      if (text.includes('person')) return { intent: 'none', confidence: 1, escalate: 'person_requested' }
      if (text.includes('bye')) return { intent: 'none', confidence: 1, text: 'handed_back' }
      return text.includes('order') ? { intent: 'none', confidence: 1, prefetch: READS } : null
    },
  },
]
const AHEAD = [{ read: READS[0] as (typeof READS)[0], result: { outcome: 'ok' as const, data: { status: 'shipped' } } }]

describe.each(databaseKinds())('turns taken early on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind, { routingRules: RULES, policy: { budgetUsd: 0.003 } })
  })
  afterAll(() => it.close())

  const foreseen = async (id: string): Promise<Foreseen> => {
    const found = await foresee(it.kernel, id)
    if (!found) throw new Error('nothing is foreseen')
    return found
  }
  const take = (id: string, { seen }: Foreseen) => takeMessages(it.kernel, { conversationId: id, seen, ahead: AHEAD })

  test('N1: it is what was foreseen, and the run finds it open', async () => {
    const id = await it.answered('order, please')
    await it.write(id, 'my order')
    await it.write(id, 'and the order before')
    const before = await foreseen(id)
    expect([before.reads, await it.turns(id)]).toMatchObject([READS, [{ number: 1 }]])
    const taken = await take(id, before)
    if (!taken) throw new Error('not taken')
    const { steps, turn, ...known } = taken
    expect(turn).toMatchObject({ number: 2, attempt: 1, routed_by: 'rules' })
    expect(steps.map(({ key, outcome }) => [key, outcome])).toEqual([['prefetch/prefetch-0', 'ok']])
    // What the model was asked by is what the store would have it asked by.
    const { turn: foreseenTurn, messages, ...foreseenKnown } = before.material
    expect(known).toMatchObject(foreseenKnown)
    expect(foreseenTurn).toMatchObject({ number: 2, specialist: turn.specialist })
    expect(messages.map(({ id, turn }) => [id, turn])).toEqual(known.messages.map(({ id, turn }) => [id, turn]))
    expect(await it.take(id)).toMatchObject({ kind: 'turn', turn: 2, round: 1, unsure: false })
    await it.reply(id, 2)
    expect((await it.messages(id)).at(-1)).toMatchObject({ role: 'ai', turn: 2 })
  })

  test('P2: taken twice, or after the run has taken it, it is the run that counts', async () => {
    const id = await it.answered('order, please')
    await it.write(id, 'my order')
    const [one, other] = [await foreseen(id), await foreseen(id)]
    expect(await take(id, one)).not.toBeNull()
    expect(await take(id, other)).toBeNull()
    await it.reply(id, 2)
    await it.write(id, 'my order again')
    const late = await foreseen(id)
    expect(await it.turn(id)).toBe(3)
    expect(await take(id, late)).toBeNull()
    expect(await it.turns(id)).toHaveLength(3)
  })

  test('C5: a message in between is answered with the one before, by the run', async () => {
    const id = await it.answered('order, please')
    await it.write(id, 'my order')
    const before = await foreseen(id)
    await it.write(id, 'no, the other order')
    expect(await take(id, before)).toBeNull()
    expect(await it.turns(id)).toHaveLength(1)
    expect(await it.turn(id)).toBe(2)
    expect((await it.messages(id)).filter(({ turn }) => turn === 2)).toHaveLength(2)
  })

  test('P5: a person who takes over in between has the conversation', async () => {
    const id = await it.answered('order, please')
    await it.write(id, 'my order')
    const before = await foreseen(id)
    await takeOver(it.kernel, { conversationId: id, agent: ANNA })
    expect(await take(id, before)).toBeNull()
    expect(await foresee(it.kernel, id)).toBeNull()
    expect((await it.messages(id)).map(({ status }) => status)).toContain('handed_off')
  })

  test('A1: nothing is foreseen that needs a router, a person, a text of the catalogue, or that nobody asked', async () => {
    const id = await it.answered('order, please')
    expect(await foresee(it.kernel, id)).toBeNull()
    for (const text of ['hm', 'a person, about my order', 'bye, order']) {
      const other = await it.answered('order, please')
      await it.write(other, text)
      expect(await foresee(it.kernel, other)).toBeNull()
    }
    await it.write(id, 'order')
    await it.turn(id)
    expect(await foresee(it.kernel, id)).toBeNull()
    expect(await foresee(it.kernel, 'conv_none')).toBeNull()
  })

  test('P1: whether a message may be taken early is asked in the API, which no rule of a desk can break', async () => {
    const id = await it.answered('order, please')
    const isSure = async (text: string): Promise<boolean> => {
      const message = { text, masked: false }
      const accepted = await acceptMessage(it.kernel, { conversationId: id, customer: { id: 'cust_1001' }, message })
      return beginsSureTurn(it.kernel, accepted)
    }
    expect([await isSure('my order'), await isSure('hm'), await isSure('bye, order'), await isSure('poison')]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test('S1: past its budget no call is made for a conversation', async () => {
    const id = await it.answered('order, please')
    for (const text of ['my order', 'my order again']) {
      await it.write(id, text)
      await it.reply(id, await it.turn(id))
    }
    await it.write(id, 'my order once more')
    expect(Number((await it.row(id)).cost_usd)).toBe(3 * usage().costUsd)
    expect(await foresee(it.kernel, id)).toBeNull()
  })
})
