// What readers hear of a commit: enough to look at the right moment, and not more often.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BusMessage } from '../../src/ports/bus.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { until } from '../support/until.ts'

let it: Story
beforeAll(async () => {
  it = await createStory('pglite')
})
afterAll(() => it.close())

const read = { tool: 'look', input: {}, run: true, effect: 'read', quick: true, digest: '' } as const

test('C8: steps of a turn are told as progress; whatever answers a message, or hands it over, is not', async () => {
  const id = await it.begin('hello')
  const heard: BusMessage[] = []
  const leave = await it.kernel.bus.subscribe(id, (message) => void heard.push(message))
  const turn = await it.turn(id)
  await it.ask(id, turn, [read])
  await it.reply(id, turn)
  await it.write(id, 'and now?')
  await it.turn(id)
  await takeOver(it.kernel, { conversationId: id, agent: { id: 'agent_1', name: 'Mia', role: 'agent' } })
  await until(async () => heard.length >= 6, 'six hints')
  leave()
  expect(heard.map((hint) => hint.kind === 'events' && hint.progress === true)).toEqual([
    true, // the turn began
    true, // a tool began
    false, // the reply
    false, // the next message
    true, // its turn began
    false, // a person took over
  ])
})
