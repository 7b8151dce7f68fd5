// A worker is frozen (SIGSTOP) in the middle of a write, another one repeats the write, and then the first wakes (SIGCONT) with
// the back end's answer in its hands (P3, P5, N4): one effect, one reply, and no wrong word.
import { Client, Connection } from '@temporalio/client'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { workflowId } from '../../src/workflows/messages.ts'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { type HoldingProxy, startHoldingProxy } from '../support/holding-proxy.ts'
import { until } from '../support/until.ts'

const PATIENCE = 100_000

describe.runIf(inject('postgresUrl'))('a worker that is frozen and wakes', () => {
  let everdesk: Deployment
  let orders: HoldingProxy
  let connection: Connection
  beforeEach(async () => {
    orders = await startHoldingProxy()
    connection = await Connection.connect({ address: inject('temporalAddress') })
    everdesk = await startDeployment({ workers: 2, env: { ORDERS_URL: `${orders.url}/orders` } })
    orders.forwardTo(everdesk.sandbox.url)
  })
  afterEach(async () => {
    await everdesk?.close()
    await orders?.close()
    await connection?.close()
  })
  /** The worker that has the write in its hands, as Temporal knows it by its identity, and the other one. */
  const writer = async (conversation: string) => {
    const { namespace } = everdesk.temporalAt
    const handle = new Client({ connection, namespace }).workflow.getHandle(workflowId(conversation))
    const write = (await handle.describe()).raw.pendingActivities?.find(
      ({ activityType }) => activityType?.name === 'runWrite',
    )
    const index = everdesk.workers.findIndex(({ pid }) => write?.lastWorkerIdentity === `w${pid.toString(36)}`)
    const [frozen, other] = [everdesk.workers[index], everdesk.workers[1 - index]]
    if (!frozen || !other) throw new Error(`nobody is ${write?.lastWorkerIdentity}`)
    return { frozen, other, signal: (name: 'SIGSTOP' | 'SIGCONT') => process.kill(frozen.pid, name) }
  }
  const transcript = async (ada: Awaited<ReturnType<Deployment['as']>>, conversation: string) =>
    (await ada.transcript(conversation)).map(({ role }) => role)

  test('P3: it had sent the write: the other one repeats it under the same key, and it is done and said once', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    orders.hold('POST', /\/cancel$/)
    const { conversation, message } = await ada.start('Please cancel order 12346')
    await until(async () => (await everdesk.sandbox.effects('cancel_order')).length > 0, 'the order is cancelled')
    const { frozen, other, signal } = await writer(conversation)
    signal('SIGSTOP')
    orders.release()
    const answered = await ada.settled(conversation, message, PATIENCE)
    expect(answered).toMatchObject({ status: 'answered', reply: { role: 'ai' } })
    expect(answered.reply?.text).toMatch(/cancelled/)

    signal('SIGCONT')
    await frozen.waitFor(/"activity":"runWrite"/, PATIENCE)
    // The one that woke is alone now, and serves the next message as if nothing had been.
    await other.kill('SIGKILL')
    const next = await ada.send(conversation, 'Where is order 12345?')
    expect(await ada.settled(conversation, next, PATIENCE)).toMatchObject({ status: 'answered', reply: { role: 'ai' } })
    expect(await transcript(ada, conversation)).toEqual(['customer', 'ai', 'customer', 'ai'])
    expect(await everdesk.sandbox.effects('cancel_order')).toHaveLength(1)
    const effects = await everdesk.db.selectFrom('effects').select(['tool', 'state']).execute()
    expect(effects).toEqual([{ tool: 'cancel_order', state: 'settled' }])
  }, 300_000)

  test('P5: a person took over while it was frozen: what it had sent is settled once, and it says nothing', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const mia = await everdesk.as('agent', 'agent_mia')
    orders.hold('POST', /\/cancel$/)
    const { conversation, message } = await ada.start('Please cancel order 12346')
    await until(async () => (await everdesk.sandbox.effects('cancel_order')).length > 0, 'the order is cancelled')
    const { signal } = await writer(conversation)
    signal('SIGSTOP')
    const replied = await mia.call('POST', `/v1/conversations/${conversation}/replies`, {
      text: 'Mia here, I look at it.',
      take_over: true,
    })
    expect(replied.status).toBe(201)
    orders.release()
    signal('SIGCONT')
    await until(async () => {
      const effects = await everdesk.db.selectFrom('effects').select(['tool', 'state']).execute()
      return effects.some(({ tool, state }) => tool === 'cancel_order' && state === 'settled')
    }, 'the write is settled')
    expect(await ada.poll(conversation, message)).toMatchObject({ status: 'answered', reply: { role: 'human' } })
    expect(await everdesk.sandbox.effects('cancel_order')).toHaveLength(1)
    const next = await ada.send(conversation, 'Thank you, Mia')
    expect(await ada.settled(conversation, next, PATIENCE)).toMatchObject({ status: 'handed_off' })
    expect(await transcript(ada, conversation)).toEqual(['customer', 'human', 'customer'])
  }, 300_000)
})
