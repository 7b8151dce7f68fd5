// A message in the very moment of closing (rule 7, P1, P2): whichever comes first, the message is answered, and a conversation is
// closed only when nobody has written after the wish to close it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiClient, createApiClient } from '../../stack/api-client.ts'
import { type HttpEverdesk, startHttpEverdesk } from '../support/http-everdesk.ts'
import { until } from '../support/until.ts'

const PATIENCE = 60_000

const HURRIED = 150
let http: HttpEverdesk
let ada: ApiClient
beforeAll(async () => {
  const timers = { followUpAfter: 3_600_000, resolveAfter: HURRIED, closeAfter: HURRIED }
  http = await startHttpEverdesk({ policy: { timers } })
  const { api: url, issuer } = http.addresses
  ada = await createApiClient({ url, issuer, role: 'customer', sub: 'cust_1001' })
})
afterAll(() => http?.close())

const row = (id: string) => http.everdesk.conversation(id)
/** Seq of the last event of a type; 0 when there is none. */
const lastSeq = async (id: string, type: 'conversation-closed' | 'message-accepted') => {
  const found = await http.everdesk.db
    .selectFrom('events')
    .select('seq')
    .where('conversation_id', '=', id)
    .where('type', '=', type)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  return found?.seq ?? 0
}

/** Every message is named by exactly one reply, in order; and row, events and run say the same of how it stands. */
async function expectConsistent(id: string): Promise<'closed' | 'open'> {
  const transcript = await ada.transcript(id)
  const asked = transcript.filter(({ role }) => role === 'customer').map((message) => message.id)
  expect(transcript.filter(({ role }) => role === 'ai').flatMap((reply) => reply.in_reply_to)).toEqual(asked)
  const stands = await row(id)
  const closed = (await lastSeq(id, 'conversation-closed')) > (await lastSeq(id, 'message-accepted'))
  expect([stands.status === 'closed', stands.closed_at !== null]).toEqual([closed, closed])
  expect(stands).toMatchObject({ open_turn: null, close_requested_by: null, controlled_by: 'ai' })
  return closed ? 'closed' : 'open'
}

async function race(n: number): Promise<string> {
  const { conversation, message } = await ada.start('Where is order 12345?')
  await ada.settled(conversation, message, PATIENCE)
  const close = () => ada.call('POST', `/v1/conversations/${conversation}/close`)
  const send = () => ada.send(conversation, 'And order 12346?')
  const later = <T>(work: () => Promise<T>) => new Promise((go) => setTimeout(go, n % 7)).then(work)
  const [closed, second] = await Promise.all(n % 2 ? [close(), later(send)] : [later(close), send()])
  expect(closed.status).toBe(200)
  expect(await ada.settled(conversation, second, PATIENCE)).toMatchObject({ status: 'answered', reply: { role: 'ai' } })
  await until(async () => {
    const stands = await row(conversation)
    return stands.open_turn === null && stands.close_requested_by === null
  }, 'it comes to rest')
  return conversation
}

test('P1: by command: whichever comes first, the message is answered; closed afterwards, one more opens it again', async () => {
  for (let round = 0; round < 3; round += 1) {
    const conversations = await Promise.all(Array.from({ length: 6 }, (_, n) => race(round * 6 + n)))
    for (const conversation of conversations) {
      if ((await expectConsistent(conversation)) === 'closed') {
        await until(
          async () => (await http.everdesk.handle(conversation).describe()).status.name === 'COMPLETED',
          'the run of a closed conversation ends',
        )
      }
    }
    const [conversation = ''] = conversations
    const last = await ada.send(conversation, 'Where is order 12345?')
    expect(await ada.settled(conversation, last, PATIENCE)).toMatchObject({ status: 'answered' })
    expect(await expectConsistent(conversation)).toBe('open')
  }
})

test('P1: by timer: a customer who writes in the moment the quiet conversation closes is answered', async () => {
  const closing = async (n: number) => {
    const { conversation, message } = await ada.start('Where is order 12345?')
    await ada.settled(conversation, message, PATIENCE)
    // The customer went quiet long ago: resolved next, closed right after it.
    await http.everdesk.db
      .updateTable('conversations')
      .set({ quiet_stage: 'resolve', quiet_at: new Date(), wake_at: new Date() })
      .where('id', '=', conversation)
      .execute()
    await http.everdesk.ring(conversation)
    await until(async () => ['resolved', 'closed'].includes((await row(conversation)).status), 'it is resolved')
    await new Promise((go) => setTimeout(go, (HURRIED / 6) * n))
    const second = await ada.send(conversation, 'And order 12346?')
    expect(await ada.settled(conversation, second, PATIENCE)).toMatchObject({ status: 'answered' })
    expect(await expectConsistent(conversation)).toBe('open')
  }
  await Promise.all(Array.from({ length: 10 }, (_, n) => closing(n)))
})
