// Rule 6: how many conversations the relay rings at a time.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FULL_PACE, look, type Pace } from '../../src/relay/relay.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { pino } from 'pino'

let it: Story
beforeAll(async () => {
  it = await createStory(databaseKinds().at(-1) ?? 'pglite')
})
afterAll(() => it?.close())

/** Looks as often as `hears` says, a second apart; how many each rang. `hears`: whether their runs ask the store. */
async function looks(hears: boolean[]): Promise<number[]> {
  const rings: number[] = []
  let pace: Pace = FULL_PACE
  for (const heard of hears) {
    const rung: string[] = []
    pace = await look(
      {
        kernel: it.kernel,
        bells: { ring: async ({ conversationId }) => void rung.push(conversationId) },
        maxTurnsInFlight: 1000,
        endWedgedRun: async () => false,
        logger: pino({ level: 'silent' }),
        metrics: createMetrics(),
      },
      pace,
    )
    if (heard) await Promise.all(rung.map((id) => it.take(id)))
    rings.push(rung.length)
    it.advance(1000)
  }
  return rings
}

test('Rule 6: fewer are rung while few hear, since each ring is one more task for who is behind; soon all again once they do', async () => {
  await Promise.all(Array.from({ length: 300 }, (_, n) => it.begin(`message ${n}`)))
  it.advance(5000)
  expect(await looks([false, false, false, false, false, true, true, true, true])).toEqual([
    100, 50, 25, 12, 10, 10, 20, 40, 80,
  ])
})
