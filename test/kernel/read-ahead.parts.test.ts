// What was read before the first model call becomes part of the turn with the call's begin: once, whoever begins it again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import type { ReadBefore } from '../../src/kernel/record-read-ahead.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const READ: ReadBefore = {
  read: { tool: 'get_order_status', input: { order: '12345' }, answers: true },
  result: { outcome: 'ok', data: { status: 'shipped' } },
}
const PREFETCH = 'prefetch/prefetch-0'

describe.each(databaseKinds())('reads before the first model call on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it.close())

  async function begin(id: string, turn: number, ahead: ReadBefore[]) {
    const begun = await beginAnswer(it.kernel, { conversationId: id, turn, round: 1, ahead })
    if (begun.kind !== 'go') throw new Error(`not begun but ${begun.kind}`)
    return begun.material.steps
  }

  test('A1: they stand in the prompt and in the story the customer sees', async () => {
    const id = await it.begin('where is it?')
    const turn = await it.turn(id)
    const steps = await begin(id, turn, [READ])
    expect(steps.map(({ key, outcome, content }) => ({ key, outcome, content }))).toEqual([
      {
        key: PREFETCH,
        outcome: 'ok',
        content: { data: { status: 'shipped' }, citations: [], input: { order: '12345' }, answers: true },
      },
    ])
    const told = (await it.events(id)).filter(({ type }) => type.startsWith('tool-'))
    expect(told.map(({ type, data }) => [type, data['tool'], data['outcome']])).toEqual([
      ['tool-started', 'get_order_status', undefined],
      ['tool-finished', 'get_order_status', 'ok'],
    ])
  })

  test('P3: an attempt that begins again, with or without them, finds them once', async () => {
    const id = await it.begin('where is it?')
    const turn = await it.turn(id)
    await begin(id, turn, [READ])
    for (const ahead of [[READ], []]) {
      expect((await begin(id, turn, ahead)).map(({ key }) => key)).toEqual([PREFETCH])
    }
    expect((await it.events(id)).filter(({ type }) => type === 'tool-finished')).toHaveLength(1)
  })

  test('P3: a worker that made none of them leaves no tool open: nothing was announced', async () => {
    const id = await it.begin('where is it?')
    expect(await begin(id, await it.turn(id), [])).toEqual([])
    expect((await it.events(id)).some(({ type }) => type === 'tool-started')).toBe(false)
  })
})
