// Sending what waits: in order, again when that may help, and never stuck behind what the desk will not take (P2).
import { describe, expect, test } from 'vitest'
import { createOutbox } from '../../../web/chat/conversation/outbox.ts'
import { createDelivery } from '../../../web/chat/session/delivery.ts'
import { keptIn } from '../../../web/shared/kept.ts'
import { Problem } from '../../../web/shared/problem.ts'

/** Answers of a desk, one a try; undefined: it has it. */
async function deliver(texts: string[], answers: (Problem | undefined)[]) {
  const outbox = createOutbox(
    'outbox',
    keptIn(() => {
      throw new Error('no storage')
    }),
  )
  const tried: string[] = []
  const waited: number[] = []
  const pauses: (number | undefined)[] = []
  const idle = Promise.withResolvers<string>()
  for (const text of texts) outbox.add(text)
  const delivery = createDelivery({
    outbox: () => outbox,
    async send({ text }) {
      tried.push(text)
      const answer = answers.shift()
      if (answer) throw answer
    },
    onChange: (sending) => {
      if (sending === undefined && outbox.all().every(({ refused }) => refused !== undefined)) idle.resolve('sent')
    },
    onPause: (seconds) => pauses.push(seconds),
    onEnd: (why) => idle.resolve(why),
    wait: async (milliseconds) => void waited.push(milliseconds),
  })
  delivery.kick()
  delivery.kick()
  return { end: await idle.promise, tried, waited, pauses, left: outbox.all() }
}
const away = () => new Problem(0, 'unreachable', '')

describe('delivery', () => {
  test('sends each once and in order, also when asked twice', async () => {
    expect(await deliver(['a', 'b', 'c'], [])).toMatchObject({ end: 'sent', tried: ['a', 'b', 'c'], left: [] })
  })

  test('what found nobody is tried again, with growing pauses, before the next', async () => {
    const { tried, waited } = await deliver(
      ['a', 'b'],
      [away(), away(), new Problem(503, 'temporarily_unavailable', '')],
    )
    expect(tried).toEqual(['a', 'a', 'a', 'a', 'b'])
    expect(waited).toEqual([1000, 2000, 4000])
  })

  test('a limit is waited for as long as the desk says', async () => {
    const limited = new Problem(429, 'rate_limited', 'More messages than allowed. Try again in 90 seconds.')
    expect(await deliver(['a'], [limited])).toMatchObject({
      waited: [90_000],
      pauses: [90, undefined],
      tried: ['a', 'a'],
    })
  })

  test('what the desk will never take is kept with its reason, and the next passes', async () => {
    const { left, tried } = await deliver(['a', 'b'], [new Problem(422, 'invalid_request', 'Too long.')])
    expect(tried).toEqual(['a', 'b'])
    expect(left).toMatchObject([{ text: 'a', refused: 'Too long.' }])
  })

  test('a token that is over, or a conversation that is somebody else’s now, keeps what was typed', async () => {
    expect(await deliver(['a'], [new Problem(401, 'unauthenticated', '')])).toMatchObject({
      end: 'signed_out',
      left: [{ text: 'a' }],
    })
    expect(await deliver(['a'], [new Problem(404, 'not_found', '')])).toMatchObject({
      end: 'gone',
      left: [{ text: 'a' }],
    })
  })
})
