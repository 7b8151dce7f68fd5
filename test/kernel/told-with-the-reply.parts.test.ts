// With the last word of a turn the store says what is next, so that the run need not ask: it must be what asking would answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { commitReply } from '../../src/kernel/commit-reply.ts'
import { takeNext } from '../../src/kernel/take-next.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage } from '../support/kernel-story.ts'

describe.each(databaseKinds())('told with the reply on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it.close())

  const replied = async (id: string, turn: number, events = 10) => {
    const request = { conversationId: id, turn, round: 1, text: 'an answer', citations: [], usage: usage(), events }
    const committed = await commitReply(it.kernel, request)
    if (committed.kind === 'stale') throw new Error('stale')
    return committed.next
  }

  test('Rule 4: nothing waits: it is exactly what takeNext would say, also that the run has grown long', async () => {
    const id = await it.begin('hello')
    const next = await replied(id, await it.turn(id))
    expect(next).toMatchObject({ kind: 'idle', standing: { status: 'pending', by: 'ai', cost: '0.001000000' } })
    expect(next).toEqual(await it.take(id))
    await it.write(id, 'more')
    const long = await replied(id, await it.turn(id), 1000)
    expect(long).toMatchObject({ kind: 'idle', renew: true })
    expect(long).toEqual((await takeNext(it.kernel, { conversationId: id, events: 1000 }))?.next)
  })

  test('Rule 6: a message that came in during the turn, or a wish to close, makes the run ask', async () => {
    const id = await it.begin('hello')
    const turn = await it.turn(id)
    await it.write(id, 'one more thing')
    expect(await replied(id, turn)).toBeNull()
    const second = await it.turn(id)
    await closeByCommand(it.kernel, {
      conversationId: id,
      actor: { id: 'cust_1001', name: 'Ada', role: 'customer' },
      commandId: undefined,
    })
    expect(await replied(id, second)).toBeNull()
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
  })

  test('Rule 4: whoever does not say how long the run is, is not told', async () => {
    const id = await it.begin('hello')
    expect(await it.reply(id, await it.turn(id))).toEqual({ kind: 'committed', summaryDue: false, next: null })
  })
})
