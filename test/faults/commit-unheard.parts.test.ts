// The connection to PostgreSQL breaks between a COMMIT and its answer: it happened, and whoever asked for it does not know.
// Whatever is tried again finds what was stored (P1, P2, P3, N4).
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ApiClient, createApiClient } from '../../stack/api-client.ts'
import { type CommitLine, openCommitLine } from '../support/commit-line.ts'
import { type HttpEverdesk, startHttpEverdesk } from '../support/http-everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'
import { until } from '../support/until.ts'

/** Values that only this move of the ledger binds: statements are prepared, so their text comes once a connection. */
const INTENDED = /eff_/
const SENT = /sent\0\0\0.\d{4}-\d\d-\d\dT/s

describe.runIf(inject('postgresUrl'))('a COMMIT whose answer is lost', () => {
  let line: CommitLine
  let http: HttpEverdesk
  let model: ScriptedModel
  let ada: ApiClient
  beforeAll(async () => {
    model = await startScriptedModel()
    http = await startHttpEverdesk({
      desk: 'test/support/desks/rehearsal.ts',
      model,
      // A write that gives up is looked for soon.
      policy: { effects: { sendLease: 2000, retryFirst: 200, retryMost: 1000 } },
      async storeBy(server) {
        line = await openCommitLine(server)
        return line.port
      },
    })
    const { api, issuer } = http.addresses
    ada = await createApiClient({ url: api, issuer, role: 'customer', sub: 'cust_1001' })
  })
  afterAll(async () => {
    await http?.close()
    await line?.close()
    await model?.close()
  })
  afterEach(() => model.reset())

  const roles = async (conversation: string) => (await ada.transcript(conversation)).map(({ role }) => role)
  /** Whatever was cut has been tried again by then. */
  const rests = (conversation: string) =>
    until(async () => {
      const view = await http.everdesk.handle(conversation).query<{ doing: string }>('conversation')
      return view.doing === 'idle'
    }, 'the run rests')
  const turns = (conversation: string) =>
    http.everdesk.db
      .selectFrom('turns')
      .select(['number', 'state', 'outcome'])
      .where('conversation_id', '=', conversation)
      .orderBy('number')
      .execute()
  const answeredOnce = [{ number: 1, state: 'done', outcome: 'replied' }]

  test('P2: of a start: the client is told to try again, and with the same id it is one conversation and one answer', async () => {
    const lost = line.cutAfterCommit(/start-unheard/)
    model.answers({ text: 'on its way' })
    const body = { message: { id: 'start-unheard', text: '[order] where is 12345?' } }
    const first = await ada.call('POST', '/v1/conversations', body)
    expect([lost.done, first.status]).toEqual([true, 503])
    const { conversation, message } = await ada.start(body.message.text, body.message.id)
    expect(await ada.settled(conversation, message)).toMatchObject({ status: 'answered' })
    expect(await roles(conversation)).toEqual(['customer', 'ai'])
    const mine = await http.everdesk.db.selectFrom('conversations').select('id').execute()
    expect(mine).toEqual([{ id: conversation }])
  })

  test('P2: of a message: the same id sent again is the same message, and it is answered once', async () => {
    model.answers({ text: 'on its way' }, { text: 'that one too' })
    const { conversation, message } = await ada.start('[order] where is 12345?')
    await ada.settled(conversation, message)
    const lost = line.cutAfterCommit(/message-unheard/)
    const body = { id: 'message-unheard', text: '[order] and 12346?' }
    const first = await ada.call('POST', `/v1/conversations/${conversation}/messages`, body)
    expect([lost.done, first.status]).toEqual([true, 503])
    expect(await ada.send(conversation, body.text, body.id)).toBe(body.id)
    expect(await ada.settled(conversation, body.id)).toMatchObject({ status: 'answered' })
    expect(await roles(conversation)).toEqual(['customer', 'ai', 'customer', 'ai'])
  })

  test('P1: of a message that nobody sends again: it was stored, so it is answered all the same', async () => {
    model.answers({ text: 'on its way' }, { text: 'that one too' })
    const { conversation, message } = await ada.start('[order] where is 12345?')
    await ada.settled(conversation, message)
    const lost = line.cutAfterCommit(/message-given-up/)
    const body = { id: 'message-given-up', text: '[order] and 12346?' }
    const first = await ada.call('POST', `/v1/conversations/${conversation}/messages`, body)
    expect([lost.done, first.status]).toEqual([true, 503])
    expect(await ada.settled(conversation, body.id)).toMatchObject({ status: 'answered' })
    expect(await roles(conversation)).toEqual(['customer', 'ai', 'customer', 'ai'])
  })

  test.each([
    { what: 'the beginning of a turn', said: /turn-started/ },
    { what: 'a reply', said: /replied/ },
  ])('P1: of $what: the turn goes on, with one model call and one reply', async ({ said }) => {
    const lost = line.cutAfterCommit(said)
    model.answers({ text: 'on its way' })
    const { conversation, message } = await ada.start('[order] where is 12345?')
    expect(await ada.settled(conversation, message)).toMatchObject({ status: 'answered' })
    await rests(conversation)
    expect(lost.done).toBe(true)
    expect(await roles(conversation)).toEqual(['customer', 'ai'])
    expect(await turns(conversation)).toEqual(answeredOnce)
  })

  test.each([
    { tool: 'reset_password', what: 'the round that asks for it', said: /tool-started/ },
    { tool: 'reset_password', what: 'its intention', said: INTENDED },
    { tool: 'reset_password', what: 'its sending', said: SENT },
    { tool: 'reset_password', what: 'its settling', said: /tool\.reset_password/ },
    { tool: 'apply_credit', what: 'its settling', said: /tool\.apply_credit/ },
  ])('P3: of a write ($tool), at $what: it happens once, and only then it is said', async ({ tool, said }) => {
    const lost = line.cutAfterCommit(said)
    const args = tool === 'apply_credit' ? { cents: 700 } : {}
    model.answers({ calls: [{ tool, arguments: args }] }, { text: 'It is done.' })
    const { conversation, message } = await ada.start('[account] please')
    const answered = await ada.settled(conversation, message)
    expect(answered).toMatchObject({ status: 'answered', reply: { role: 'ai', text: 'It is done.' } })
    await rests(conversation)
    expect(lost.done).toBe(true)
    const { key, ...effect } = await http.everdesk.db
      .selectFrom('effects')
      .select(['tool', 'state', 'key'])
      .where('conversation_id', '=', conversation)
      .executeTakeFirstOrThrow()
    expect(effect).toEqual({ tool, state: 'settled' })
    const happened = (await http.everdesk.ledger()).filter((row) =>
      [row['idempotency_key'], row['reference']].includes(key),
    )
    expect(happened).toHaveLength(1)
    expect(await turns(conversation)).toEqual(answeredOnce)
    expect(model.calls).toHaveLength(2)
  })

  test('P3: of the sending of a write that nobody may send again: a person is told that its outcome is unknown', async () => {
    const lost = line.cutAfterCommit(SENT)
    model.answers({ calls: [{ tool: 'apply_credit', arguments: { cents: 701 } }] })
    const { conversation, message } = await ada.start('[account] please')
    expect(await ada.settled(conversation, message)).toMatchObject({ status: 'handed_off' })
    expect(lost.done).toBe(true)
    const said = await ada.transcript(conversation)
    expect(said.map(({ role }) => role)).toEqual(['customer', 'system'])
    expect(said[1]?.text).toContain('nothing is done twice')
    const { key, ...effect } = await http.everdesk.db
      .selectFrom('effects')
      .select(['state', 'key'])
      .where('conversation_id', '=', conversation)
      .where('tool', '=', 'apply_credit')
      .executeTakeFirstOrThrow()
    expect(effect).toEqual({ state: 'unknown' })
    expect((await http.everdesk.ledger()).filter((row) => row['reference'] === key)).toEqual([])
  })
})
