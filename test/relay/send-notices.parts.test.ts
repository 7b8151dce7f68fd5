// P7, H4: what somebody outside is to know reaches them, signed, also when the receiver or a sender was away meanwhile.
import { pino } from 'pino'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWebhookSender } from '../../src/adapters/webhook-sender.ts'
import { inConversation } from '../../src/kernel/conversation-row.ts'
import { forgetOldNotices, leaseNotices } from '../../src/kernel/deliver-notices.ts'
import { notify } from '../../src/kernel/notify.ts'
import { listAlerts } from '../../src/kernel/reads/alerts.ts'
import { sendDue, startNotices } from '../../src/relay/send-notices.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { type Loopback, startLoopback } from '../support/loopback.ts'
import { until } from '../support/until.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`
const day = 24 * 60 * 60_000
const minute = 60_000

describe.each(databaseKinds())('notices on %s', (kind) => {
  let it: Story
  let receiver: Loopback
  let status = 200
  let options: Parameters<typeof sendDue>[0]
  beforeEach(async () => {
    status = 200
    it = await createStory(kind)
    receiver = await startLoopback((_, response) => response.writeHead(status).end())
    const send = createWebhookSender({ url: `${receiver.url}/pager`, secret: SECRET })
    options = { kernel: it.kernel, send, logger: pino({ level: 'silent' }), metrics: createMetrics() }
  })
  afterEach(async () => {
    await receiver?.close()
    await it?.close()
  })

  const write = async (subject = 'hand_1') => {
    const id = await it.begin('hello')
    await inConversation(it.kernel, id, (scope) =>
      notify(scope, { type: 'handoff.offered', subject, data: { reason: 'anger' } }),
    )
    return id
  }
  const rows = () => it.db.selectFrom('notices').selectAll().orderBy('created_at').execute()
  const verified = (at: number) => {
    const { body, headers } = receiver.requests[at] ?? { body: '', headers: {} }
    return new Webhook(SECRET).verify(body, headers as Record<string, string>)
  }
  const ids = () => receiver.requests.map(({ headers }) => headers['webhook-id'])
  const outcomes = async () => (await options.metrics.notices.get()).values.map(({ labels, value }) => [labels, value])

  test('H4: a notice is a POST that its receiver can verify, sent once, and keeps no data', async () => {
    const conversation = await write()
    expect(await sendDue(options)).toBe(1)
    expect(verified(0)).toEqual({
      type: 'handoff.offered',
      timestamp: new Date(it.now()).toISOString(),
      data: { reason: 'anger', conversation_id: conversation, subject: 'hand_1' },
    })
    expect(receiver.requests[0]).toMatchObject({ method: 'POST', path: '/pager' })
    expect(await rows()).toMatchObject([{ state: 'sent', data: {}, tries: 1 }])
    it.advance(minute)
    expect(await sendDue(options)).toBe(0)
    expect(await outcomes()).toEqual([[{ type: 'handoff.offered', outcome: 'sent' }, 1]])
  })

  test('P7: while the receiver is down a notice waits, is tried later and later, and arrives under the same id', async () => {
    await write()
    status = 503
    for (let time = 0; time < 4 * minute; time += 1000) {
      await sendDue(options)
      it.advance(1000)
    }
    // 2, 4, 8 ... seconds apart.
    expect(receiver.requests).toHaveLength(7)
    expect(await rows()).toMatchObject([{ state: 'waiting', last_failure: 'BackendError.Unavailable' }])
    it.advance(5 * minute)
    const alert = (await listAlerts(it.kernel, { kind: 'notice_unsent' }, { limit: 20 })).data
    expect(alert).toMatchObject([{ subject: (await rows())[0]?.id, desk: 'test-desk' }])
    status = 204
    expect(await sendDue(options)).toBe(1)
    expect(new Set(ids()).size).toBe(1)
    expect(verified(7)).toMatchObject({ data: { reason: 'anger' } })
    expect((await listAlerts(it.kernel, { kind: 'notice_unsent' }, { limit: 20 })).data).toEqual([])
  })

  test('P7: after a day a notice is given up and stands on the alerts list', async () => {
    await write()
    status = 400
    await sendDue(options)
    it.advance(day)
    await sendDue(options)
    it.advance(day)
    expect(await sendDue(options)).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'given_up', tries: 2, last_failure: 'BackendError.Refused' }])
    expect((await listAlerts(it.kernel, { kind: 'notice_unsent' }, { limit: 20 })).data).toHaveLength(1)
    expect(await outcomes()).toEqual([
      [{ type: 'handoff.offered', outcome: 'failed' }, 1],
      [{ type: 'handoff.offered', outcome: 'given_up' }, 1],
    ])
  })

  test('P7: of two senders one has a notice; what a sender took and never sent is sent by the next one', async () => {
    await write()
    const [first, second] = await Promise.all([leaseNotices(it.kernel, 10), leaseNotices(it.kernel, 10)])
    expect([...first, ...second]).toHaveLength(1)
    expect(await sendDue(options)).toBe(0)
    it.advance(31_000)
    expect(await sendDue(options)).toBe(1)
    expect(ids()).toEqual([[...first, ...second][0]?.id])
  })

  test('a transaction that fails tells nobody, and without a receiver no row is written', async () => {
    const id = await it.begin('hello')
    const failing = inConversation(it.kernel, id, async (scope) => {
      await notify(scope, { type: 'handoff.missed', subject: 'hand_1', data: {} })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const quiet = { ...it.kernel, notifies: false }
    await inConversation(quiet, id, (scope) => notify(scope, { type: 'handoff.missed', subject: 'hand_1', data: {} }))
    expect(await rows()).toEqual([])
  })

  test('the loop sends by itself until it is stopped, and forgets after a week what was received', async () => {
    await write()
    const loop = startNotices({ ...options, every: 10 })
    await until(async () => (await rows())[0]?.state === 'sent' || null, 'the notice is sent')
    await loop.stop()
    await write('hand_2')
    it.advance(7 * day + 1)
    await forgetOldNotices(it.kernel)
    expect(await rows()).toMatchObject([{ subject: 'hand_2', state: 'waiting' }])
  })
})
