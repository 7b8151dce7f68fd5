// Processes die between an approval's request, its decision and its execution: one approval, one execution (H3, rule 11).
import { afterEach, describe, expect, inject, test } from 'vitest'
import type { ApiClient } from '../../stack/api-client.ts'
import { startTemporal, type TemporalServer } from '../../stack/temporal.ts'
import { type Deployment, type DeploymentOptions, startDeployment } from '../support/deployment.ts'
import { type HoldingProxy, startHoldingProxy } from '../support/holding-proxy.ts'
import { until } from '../support/until.ts'

type Approval = { id: string; digest: string; state: string }

describe.runIf(inject('postgresUrl'))('an approval', () => {
  let everdesk: Deployment
  let temporal: TemporalServer | undefined
  let orders: HoldingProxy | undefined
  let customer: ApiClient
  let jonas: ApiClient
  let mia: ApiClient
  afterEach(async () => {
    await everdesk?.close()
    await temporal?.close()
    await orders?.close()
    temporal = undefined
    orders = undefined
  })

  async function start(options: DeploymentOptions, sub = 'cust_1002'): Promise<void> {
    everdesk = await startDeployment(options)
    customer = await everdesk.as('customer', sub)
    mia = await everdesk.as('agent', 'agent_mia')
    jonas = await everdesk.as('supervisor', 'sup_jonas')
  }
  const ask = async (text: string) => {
    const { conversation, message } = await customer.start(text)
    expect((await customer.settled(conversation, message)).status).toBe('answered')
    const { body } = await jonas.call<{ data: Approval[] }>('GET', `/v1/approvals?conversation_id=${conversation}`)
    const [approval] = body.data
    if (!approval) throw new Error('nothing waits')
    return { conversation, approval }
  }
  const approve = async (as: ApiClient, { id, digest }: Approval) => {
    const body = { decision: 'approve', digest }
    return (await as.call<{ approval: Approval }>('POST', `/v1/approvals/${id}/decision`, body)).body.approval?.state
  }
  const executed = async ({ id }: Approval) =>
    until(
      async () => (await jonas.call<Approval>('GET', `/v1/approvals/${id}`)).body.state === 'executed',
      'it is executed',
      100_000,
    )
  const toldOnce = async (conversation: string) => {
    const lines = async () =>
      (await customer.transcript(conversation)).filter(({ text }) => text.includes('it is done'))
    await until(async () => (await lines()).length > 0, 'the customer is told', 60_000)
    expect(await lines()).toHaveLength(1)
  }

  test('H3: kill -9 of the worker between the two decisions and the execution: paid once, told once', async () => {
    await start({ workers: 1 })
    const { conversation, approval } = await ask('I want my money back for order 22345')
    expect(await approve(mia, approval)).toBe('pending')
    await everdesk.workers[0]?.kill('SIGKILL')
    expect(await approve(jonas, approval)).toBe('approved')
    expect(await everdesk.sandbox.effects('RefundPayment')).toEqual([])
    await everdesk.startWorker()
    await executed(approval)
    await toldOnce(conversation)
    expect(await everdesk.sandbox.effects('RefundPayment')).toMatchObject([{ reference: approval.id, repeated: 0 }])
    expect(await everdesk.sandbox.effects('open_refund')).toHaveLength(1)
  })

  test('H3: kill -9 of the worker behind the effect, before its answer: done once, told once', async () => {
    orders = await startHoldingProxy()
    await start({ workers: 1, env: { ORDERS_URL: `${orders.url}/orders` } }, 'cust_1001')
    orders.forwardTo(everdesk.sandbox.url)
    const { conversation, approval } = await ask('Please cancel order 12345')
    orders.hold('POST', /\/cancel$/)
    expect(await approve(mia, approval)).toBe('approved')
    await until(async () => (await everdesk.sandbox.effects('cancel_order')).length > 0, 'the order is cancelled')
    await everdesk.workers[0]?.kill('SIGKILL')
    orders.release()
    await everdesk.startWorker()
    await executed(approval)
    await toldOnce(conversation)
    expect(await everdesk.sandbox.effects('cancel_order')).toMatchObject([{ idempotency_key: approval.id }])
  })

  test('C11: decided while Temporal is down, and its whole database is lost: paid once, told once', async () => {
    temporal = await startTemporal()
    await start({ temporal })
    const { conversation, approval } = await ask('I want my money back for order 22345')
    expect(await approve(mia, approval)).toBe('pending')
    await temporal.stop()
    expect(await approve(jonas, approval)).toBe('approved')
    await temporal.forgetEverything()
    await temporal.start()
    await executed(approval)
    await toldOnce(conversation)
    expect(await everdesk.sandbox.effects('RefundPayment')).toMatchObject([{ reference: approval.id }])
  }, 240_000)
})
