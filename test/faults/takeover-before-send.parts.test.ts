// A person takes over in the gap between a write's `intended` and its `sent` (P3, P5, rules 5 and 10): nothing is sent, and the
// person who has it now is told so.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ApiClient, createApiClient } from '../../stack/api-client.ts'
import { type CommitLine, openCommitLine } from '../support/commit-line.ts'
import { type HttpEverdesk, startHttpEverdesk } from '../support/http-everdesk.ts'
import { until } from '../support/until.ts'

describe.runIf(inject('postgresUrl'))('a takeover between intended and sent', () => {
  let line: CommitLine
  let http: HttpEverdesk
  let ada: ApiClient
  let mia: ApiClient
  beforeAll(async () => {
    http = await startHttpEverdesk({
      async storeBy(server) {
        line = await openCommitLine(server)
        return line.port
      },
    })
    const { api: url, issuer } = http.addresses
    ada = await createApiClient({ url, issuer, role: 'customer', sub: 'cust_1001' })
    mia = await createApiClient({ url, issuer, role: 'agent', sub: 'agent_mia' })
  })
  afterAll(async () => {
    await http?.close()
    await line?.close()
  })

  const writes = (conversation: string) =>
    http.everdesk.db
      .selectFrom('effects')
      .select(['tool', 'state', 'outcome'])
      .where('conversation_id', '=', conversation)
      .where('authority', '=', 'turn')
      .orderBy('created_at')
      .execute()
  const cancellations = async () =>
    (await http.everdesk.ledger()).filter((row) => row['kind'] === 'effect' && row['operation'] === 'cancel_order')

  test('P3, P5: nothing is sent, customer and person are told, and after hand-back the same wish is carried out once', async () => {
    const intended = line.holdAfterCommit(/eff_[^]*cancel_order/)
    const { conversation, message } = await ada.start('Please cancel order 12346')
    await until(async () => intended.done, 'the write is intended')
    expect(await writes(conversation)).toEqual([{ tool: 'cancel_order', state: 'intended', outcome: null }])

    const taken = await mia.call('POST', `/v1/conversations/${conversation}/replies`, {
      text: 'Mia here, wait a moment.',
      take_over: true,
    })
    expect(taken.status).toBe(201)
    intended.release()
    await until(async () => {
      const story = await http.everdesk.handle(conversation).query<{ what: string }[]>('timeline')
      return story.some(({ what }) => what === 'cancel_order stale' || what === 'cancel_order refused')
    }, 'the attempt comes back')

    expect(await writes(conversation)).toEqual([
      { tool: 'cancel_order', state: 'refused', outcome: { code: 'turn_ended' } },
    ])
    expect(await cancellations()).toEqual([])
    expect(await ada.poll(conversation, message)).toMatchObject({ status: 'answered', reply: { role: 'human' } })
    const { brief } = await http.everdesk.db
      .selectFrom('handoffs')
      .select('brief')
      .where('conversation_id', '=', conversation)
      .executeTakeFirstOrThrow()
    expect(brief.tried.at(-1)).toMatchObject({ tool: 'cancel_order', outcome: 'refused' })
    const finished = await http.everdesk.db
      .selectFrom('events')
      .select('data')
      .where('conversation_id', '=', conversation)
      .where('type', '=', 'tool-finished')
      .execute()
    expect(finished.map(({ data }) => [data['tool'], data['outcome']])).toContainEqual(['cancel_order', 'refused'])

    expect((await mia.call('POST', `/v1/conversations/${conversation}/hand-back`, {})).status).toBe(200)
    const again = await ada.send(conversation, 'Please cancel order 12346 after all')
    const answered = await ada.settled(conversation, again)
    expect(answered).toMatchObject({ status: 'answered', reply: { role: 'ai' } })
    expect(answered.reply?.text).toMatch(/cancelled/)
    expect((await writes(conversation)).map(({ state }) => state)).toEqual(['refused', 'settled'])
    expect(await cancellations()).toHaveLength(1)
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual([
      'customer',
      'human',
      'customer',
      'ai',
    ])
  })
})
