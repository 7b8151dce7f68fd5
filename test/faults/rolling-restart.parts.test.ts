// A deploy under load: every worker and every API gets SIGTERM, one after the other, while customers write (P1, P2, P4, O4, N4).
import { afterEach, describe, expect, inject, test } from 'vitest'
import type { ApiClient } from '../../stack/api-client.ts'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import type { TestProcess } from '../support/processes.ts'
import { until } from '../support/until.ts'

const CUSTOMERS = ['cust_1001', 'cust_1002', 'cust_1003', 'cust_1004']
const MESSAGES = 6
const PATIENCE = 90_000

describe.runIf(inject('postgresUrl') && inject('redisUrl'))('SIGTERM under load', () => {
  let everdesk: Deployment
  afterEach(() => everdesk?.close())

  test('N4, P1, P2: workers and APIs restarted one after the other: no message lost or doubled, each ends with code 0', async () => {
    everdesk = await startDeployment({ workers: 2, apis: 2, redisUrl: inject('redisUrl') })
    await everdesk.sandbox.model({ latency_ms: 200 })
    const urls = everdesk.apis.map(({ url }) => url)
    let sent = 0
    let over = false

    /** As a client does it: the same id to another API until one of them has answered. */
    const insist = async (client: ApiClient, path: string, body: object): Promise<Record<string, never>> => {
      for (let n = 0; ; n += 1) {
        client.moveTo(urls[n % urls.length] ?? '')
        const answer = await client.call('POST', path, body).catch(() => null)
        if (answer && answer.status < 300) return answer.body
        if (answer && answer.status < 500) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
        if (n > 500) throw new Error(`${path} is never answered`)
        await new Promise((go) => setTimeout(go, 50))
      }
    }
    const customer = async (sub: string, index: number) => {
      const client = await everdesk.as('customer', sub, index % 2)
      const ids: string[] = []
      const text = (n: number) => `What is your warranty? (${n})`
      const first = { id: `${sub}-0`, text: text(0) }
      const { conversation } = await insist(client, '/v1/conversations', { message: first })
      const { id } = conversation as unknown as { id: string }
      ids.push(first.id)
      // Goes on writing until every process was restarted.
      for (let n = 1; n < MESSAGES || !over; n += 1) {
        const message = { id: `${sub}-${n}`, text: text(n) }
        await insist(client, `/v1/conversations/${id}/messages`, message)
        ids.push(message.id)
        sent += 1
        await new Promise((go) => setTimeout(go, 200))
      }
      return { id, ids }
    }
    const talking = Promise.all(CUSTOMERS.map(customer))
    const busy = async () => {
      const before = sent
      await until(async () => sent > before + CUSTOMERS.length, 'the load goes on')
    }
    const codes: (number | NodeJS.Signals)[] = []
    try {
      const stop = async (part: TestProcess | undefined) => {
        await busy()
        await part?.kill('SIGTERM')
        codes.push((await part?.ended) ?? 'SIGKILL')
      }
      const { workers, apis } = everdesk
      await stop(workers[0])
      await stop(apis[0])
      const [, api] = await Promise.all([everdesk.startWorker(), everdesk.startApi()])
      urls[0] = api.url
      await stop(workers[1])
      await stop(apis[1])
      await busy()
    } finally {
      over = true
    }
    const conversations = await talking
    expect(codes).toEqual([0, 0, 0, 0])

    for (const { id, ids } of conversations) {
      const rows = await until(
        async () => {
          const found = await everdesk.db
            .selectFrom('messages')
            .selectAll()
            .where('conversation_id', '=', id)
            .orderBy('seq')
            .execute()
          return found.some(({ status }) => status === 'accepted' || status === 'processing') ? null : found
        },
        'every message is settled',
        PATIENCE,
      )
      const asked = rows.filter(({ role }) => role === 'customer')
      expect(asked.map((message) => message.id)).toEqual(ids)
      expect(new Set(asked.map(({ status }) => status))).toEqual(new Set(['answered']))
      expect(rows.filter(({ role }) => role === 'ai').flatMap((reply) => reply.in_reply_to)).toEqual(ids)
    }
  }, 300_000)
})
