// Many clients, two APIs and two workers at once, and relays that ring all the time (P1, P2, P4, C5).
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiClient } from '../../stack/api-client.ts'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'

const PATIENCE = 80_000

describe.runIf(inject('postgresUrl'))('two APIs and two workers', () => {
  let everdesk: Deployment
  beforeAll(async () => {
    everdesk = await startDeployment({ workers: 2, apis: 2, redisUrl: inject('redisUrl') })
  })
  afterAll(() => everdesk?.close())

  test('P2: the same start sent 50 times in parallel to both APIs is one conversation, one message, one answer', async () => {
    const ada = await everdesk.as('customer', 'cust_1001', 0)
    const elsewhere = await everdesk.as('customer', 'cust_1001', 1)
    const starts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? ada : elsewhere).start('Where is order 12345?', 'same-id')),
    )
    expect(new Set(starts.map(({ conversation }) => conversation)).size).toBe(1)
    const { conversation, message } = starts[0] ?? { conversation: '', message: '' }
    expect((await ada.settled(conversation, message)).status).toBe('answered')
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai'])
  })

  test('P2: the same message id sent 50 times in parallel is one message', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const { conversation, message } = await ada.start('Where is order 12345?')
    await ada.settled(conversation, message)
    const ids = await Promise.all(Array.from({ length: 50 }, () => ada.send(conversation, 'And order 12346?', 'again')))
    expect(new Set(ids)).toEqual(new Set(['again']))
    expect((await ada.settled(conversation, 'again')).status).toBe('answered')
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'ai', 'customer', 'ai'])
  })

  test('C5: 20 messages in a burst are answered completely, in order, in far fewer turns', async () => {
    const dev = await everdesk.as('customer', 'cust_1004')
    const { conversation } = await dev.start('Hello')
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, index) => dev.send(conversation, `What is your warranty? (${index})`)),
    )
    for (const id of sent) expect((await dev.settled(conversation, id)).status).toBe('answered')
    const transcript = await dev.transcript(conversation)
    const asked = transcript.filter(({ role }) => role === 'customer').map(({ id }) => id)
    const replies = transcript.filter(({ role }) => role === 'ai')
    expect(replies.flatMap((reply) => reply.in_reply_to)).toEqual(asked)
    expect(replies.length).toBeLessThan(10)
  })

  test('P2, P4: 12 clients send to one conversation at once, each its own ids and some of another’s: each is answered once', async () => {
    const clients = await Promise.all(Array.from({ length: 12 }, (_, n) => everdesk.as('customer', 'cust_1005', n % 2)))
    const [first] = clients
    const { conversation } = (await first?.start('Hello')) ?? { conversation: '' }
    const text = (id: string) => `What is your warranty? (${id})`
    const ids = await Promise.all(
      clients.map(async (client, n) => {
        const own = Array.from({ length: 3 }, (_, k) => `client-${n}-${k}`)
        const neighbours = `client-${(n + 1) % clients.length}-0`
        await Promise.all([...own, ...own, neighbours].map((id) => client.send(conversation, text(id), id)))
        return own
      }),
    )
    await expectEachAnsweredOnce(first, conversation, ids.flat())
  })

  test('P1, P2: two APIs accept for one conversation while the relays ring it all the time: each message is answered once', async () => {
    const clients = await Promise.all([0, 1].map((api) => everdesk.as('customer', 'cust_1006', api)))
    const [first] = clients
    const { conversation } = (await first?.start('Hello')) ?? { conversation: '' }
    let over = false
    const overdue = new Date(Date.now() - 60_000)
    /** As if nobody had picked it up: both workers' relays find it at every look. */
    const forget = async () => {
      while (!over) {
        await everdesk.db
          .updateTable('conversations')
          .set({ wake_at: overdue, ring_after: overdue })
          .where('id', '=', conversation)
          .execute()
        await sleep(100)
      }
    }
    const before = await relayRings(everdesk)
    const forgetting = forget()
    const sent = await Promise.all(
      clients.map(async (client, api) => {
        const ids: string[] = []
        for (let n = 0; n < 12; n += 1) {
          ids.push(await client.send(conversation, `What is your warranty? (${api}-${n})`))
          await sleep(200)
        }
        return ids
      }),
    )
    await until(async () => (await relayRings(everdesk)) > before, 'a relay has rung')
    over = true
    await forgetting
    await expectEachAnsweredOnce(first, conversation, sent.flat())
  })
})

/** Exactly these messages were accepted after the first, and each is named by one reply, in the order of acceptance. */
async function expectEachAnsweredOnce(
  client: ApiClient | undefined,
  conversation: string,
  ids: string[],
): Promise<void> {
  for (const id of ids) expect(await client?.settled(conversation, id, PATIENCE)).toMatchObject({ status: 'answered' })
  const transcript = (await client?.transcript(conversation)) ?? []
  const asked = transcript.filter(({ role }) => role === 'customer').map(({ id }) => id)
  expect(asked.slice(1).toSorted()).toEqual(ids.toSorted())
  expect(transcript.filter(({ role }) => role === 'ai').flatMap((reply) => reply.in_reply_to)).toEqual(asked)
}

/** How often the relays of all workers have rung, as their metrics pages say. */
async function relayRings({ workers }: Deployment): Promise<number> {
  const rings = workers.map(async (worker) => {
    const page = (await worker.waitFor(/"metrics":"(http[^"]+)"/))[1] ?? ''
    return Number(/^everdesk_relay_rings_total (\d+)/m.exec(await (await fetch(page)).text())?.[1] ?? 0)
  })
  return (await Promise.all(rings)).reduce((sum, count) => sum + count, 0)
}
