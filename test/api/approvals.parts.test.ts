// H3 over HTTP on the whole of it: the customer asks the scripted model, people decide, the shop's own ledger shows what ran.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ApiClient, createApiClient } from '../../stack/api-client.ts'
import { type HttpEverdesk, startHttpEverdesk } from '../support/http-everdesk.ts'
import { until } from '../support/until.ts'

type Approval = {
  id: string
  digest: string
  state: string
  text: string
  consequence: string
  arguments: Record<string, unknown>
  needed: { role: string; people: number }
  decisions: { by: { id: string }; decision: string }[]
  effect_id?: string
}
let it: HttpEverdesk
let ben: ApiClient
let mia: ApiClient
let leo: ApiClient
let jonas: ApiClient
beforeAll(async () => {
  it = await startHttpEverdesk()
  const { api: url, issuer } = it.addresses
  ben = await createApiClient({ url, issuer, role: 'customer', sub: 'cust_1002' })
  mia = await createApiClient({ url, issuer, role: 'agent', sub: 'agent_mia' })
  leo = await createApiClient({ url, issuer, role: 'agent', sub: 'agent_leo' })
  jonas = await createApiClient({ url, issuer, role: 'supervisor', sub: 'sup_jonas' })
})
afterAll(() => it?.close())
afterEach(() => it.everdesk.heal())

const asked = async (text: string, as = ben) => {
  const { conversation, message } = await as.start(text)
  expect((await as.settled(conversation, message)).status).toBe('answered')
  const { body } = await mia.call<{ data: Approval[] }>('GET', `/v1/approvals?conversation_id=${conversation}`)
  return { conversation, reply: (await as.poll(conversation, message)).reply, approvals: body.data }
}
const decide = (as: ApiClient, { id, digest }: Approval, of: object = {}, key?: string) =>
  as.call<{ approval: Approval; code: string }>(
    'POST',
    `/v1/approvals/${id}/decision`,
    { decision: 'approve', digest, ...of },
    key === undefined ? {} : { 'Idempotency-Key': key },
  )
const shown = async (id: string) => (await mia.call<Approval>('GET', `/v1/approvals/${id}`)).body
const paid = async (reference: string) =>
  (await it.everdesk.ledger()).filter((row) => row['system'] === 'billing' && row['reference'] === reference)
const told = (conversation: string, words: string, as = ben) =>
  until(async () => {
    const { body } = await as.call<{ data: { text: string }[] }>('GET', `/v1/conversations/${conversation}/messages`)
    return body.data.some(({ text }) => text.includes(words))
  }, `the customer is told: ${words}`)

test('H3: the whole of a $1,249.00 order: two people agree, one a supervisor, it is paid once and told', async () => {
  const { conversation, reply, approvals } = await asked('I want my money back for order 22345')
  expect(reply).toMatchObject({
    text: 'Two colleagues check this first: a refund of $1,249.00 for order 22345. Nothing is done yet; you will read the decision here.',
  })
  const [approval] = approvals
  if (!approval) throw new Error('nothing waits')
  expect(approval).toMatchObject({
    tool: 'refund_order',
    arguments: { order: '22345', amount_cents: 124_900, currency: 'USD' },
    text: 'Refund $1,249.00, the whole of order 22345, to Ben Ortiz, back to the card the order was paid with.',
    consequence: 'It runs once, at the second approval, and cannot be undone. Nothing is left to refund after it.',
    needed: { role: 'supervisor', people: 2 },
    state: 'pending',
  })
  expect(await ben.call('GET', '/v1/approvals')).toMatchObject({ status: 403 })
  expect(await decide(ben, approval)).toMatchObject({ status: 403 })

  expect(await decide(mia, approval, {}, 'first')).toMatchObject({
    status: 200,
    body: { approval: { state: 'pending' } },
  })
  expect(await decide(mia, approval, {}, 'first')).toMatchObject({
    status: 200,
    body: { approval: { state: 'pending' } },
  })
  expect(await decide(mia, approval, { decision: 'refuse' })).toMatchObject({
    status: 409,
    body: { code: 'already_decided' },
  })
  expect(await decide(leo, approval)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(await decide(jonas, approval, { digest: 'old' })).toMatchObject({
    status: 409,
    body: { code: 'wrong_digest' },
  })
  expect(await paid(approval.id)).toEqual([])

  // Meanwhile a question is answered like any other.
  const question = await ben.send(conversation, 'What are your opening hours?')
  expect((await ben.settled(conversation, question)).status).toBe('answered')

  expect(await decide(jonas, approval)).toMatchObject({ status: 200, body: { approval: { state: 'approved' } } })
  await told(conversation, 'it is done: a refund of $1,249.00 for order 22345')
  expect(await shown(approval.id)).toMatchObject({ state: 'executed', effect_id: expect.stringMatching(/^eff_/) })
  expect(await paid(approval.id)).toMatchObject([{ operation: 'RefundPayment', business_key: '22345', repeated: 0 }])
  expect(await decide(jonas, approval, {}, 'again')).toMatchObject({
    status: 200,
    body: { approval: { state: 'approved' } },
  })
  expect(await decide({ ...jonas, ...leo }, approval)).toMatchObject({ status: 409, body: { code: 'already_decided' } })
  const again = await asked('I want my money back for order 22345')
  expect(again.reply?.text).toContain('refunded already')
  expect(again.approvals).toEqual([])
  const metrics = await (await fetch(`${it.addresses.api}/metrics`)).text()
  expect(metrics).toMatch(/approvals_total\{tool="refund_order",decision="approve"\} 2/)
})

test('H3: a small refund runs at once, a large one is edited down and then agreed to', async () => {
  const { addresses } = it
  const ada = await createApiClient({
    url: addresses.api,
    issuer: addresses.issuer,
    role: 'customer',
    sub: 'cust_1001',
  })
  const small = await asked('Please refund $20 of order 12345', ada)
  expect(small.approvals).toEqual([])
  expect(small.reply?.text).toContain('$20.00')

  const { conversation, approvals } = await asked('Please refund $90 of order 12345', ada)
  const [approval] = approvals
  if (!approval) throw new Error('nothing waits')
  expect(approval.text).toContain('part of order 12345 ($129.00)')
  const much = { ...approval.arguments, amount_cents: 11_000 }
  expect(await decide(mia, approval, { arguments: much })).toMatchObject({ status: 422 })
  expect(await decide(mia, approval, { decision: 'refuse', arguments: much })).toMatchObject({ status: 422 })
  const edited = await decide(mia, approval, { arguments: { ...approval.arguments, amount_cents: 6000 } })
  expect(edited).toMatchObject({ status: 200, body: { approval: { state: 'pending', decisions: [] } } })
  expect(await shown(approval.id)).toMatchObject({ state: 'superseded', superseded_by: edited.body.approval.id })
  expect(await decide(leo, approval)).toMatchObject({ status: 409 })
  expect(await decide(leo, edited.body.approval)).toMatchObject({ body: { approval: { state: 'approved' } } })
  await until(async () => (await shown(edited.body.approval.id)).state === 'executed', 'it runs')
  expect(await paid(edited.body.approval.id)).toHaveLength(1)
  expect(await paid(approval.id)).toEqual([])
  await told(conversation, 'it is done: a refund of $60.00 for order 12345', ada)
})

test('H3: cancelling after shipping is refused with the reason, and that is what the customer reads', async () => {
  const { addresses } = it
  const ada = await createApiClient({
    url: addresses.api,
    issuer: addresses.issuer,
    role: 'customer',
    sub: 'cust_1001',
  })
  const { conversation, approvals } = await asked('Please cancel order 12345', ada)
  const [approval] = approvals
  if (!approval) throw new Error('nothing waits')
  expect(approval.text).toBe('Cancel the whole of order 12345 ($129.00), which has shipped already.')
  const refused = await decide(mia, approval, { decision: 'refuse', reason: 'It arrives tomorrow, return it then.' })
  expect(refused.body.approval.state).toBe('refused')
  await told(conversation, 'It arrives tomorrow, return it then.', ada)
  expect((await it.everdesk.ledger()).filter((row) => row['operation'] === 'cancel_order')).toEqual([])
})

test('H3: agreed to after shipping, the order system cancels it with that consent', async () => {
  const { addresses } = it
  const dev = await createApiClient({
    url: addresses.api,
    issuer: addresses.issuer,
    role: 'customer',
    sub: 'cust_1004',
  })
  const orders = (await (await fetch(`${addresses.sandbox}/orders?customer_id=cust_1004&status=shipped`)).json()) as {
    data: { number: string }[]
  }
  const number = orders.data[0]?.number ?? ''
  const { approvals } = await asked(`Please cancel order ${number}`, dev)
  const [approval] = approvals
  if (!approval) throw new Error('nothing waits')
  await decide(mia, approval)
  await until(async () => (await shown(approval.id)).state === 'executed', 'it runs')
  expect((await it.everdesk.ledger()).filter((row) => row['operation'] === 'cancel_order')).toMatchObject([
    { business_key: number, idempotency_key: approval.id },
  ])
})

test('P3: billing pays and its answer is lost: it is looked up by our reference, paid once, and told', async () => {
  const { addresses } = it
  const url = addresses.api
  const carl = await createApiClient({ url, issuer: addresses.issuer, role: 'customer', sub: 'cust_1004' })
  const found = (await (await fetch(`${addresses.sandbox}/orders?customer_id=cust_1004&status=delivered`)).json()) as {
    data: { number: string; total_cents: number }[]
  }
  const order = found.data.find(({ total_cents: total }) => total > 10_000)
  const { approvals } = await asked(`Please refund $100 of order ${order?.number ?? ''}`, carl)
  const [approval] = approvals
  if (!approval) throw new Error('nothing waits')
  await it.everdesk.fault({ target: 'billing', kind: 'drop-after-effect', operation: 'RefundPayment', count: 1 })
  await decide(mia, approval)
  await until(async () => (await shown(approval.id)).state === 'executed', 'it is looked up')
  expect(await paid(approval.id)).toHaveLength(1)
})

test('H3: a credit without a late order behind it asks an agent, and billing books it once', async () => {
  const { approvals, conversation } = await asked('I would like a goodwill credit of $30, please')
  const [approval] = approvals
  if (!approval) throw new Error('nothing waits')
  expect(approval).toMatchObject({ tool: 'apply_goodwill_credit', needed: { role: 'agent', people: 1 } })
  await decide(leo, approval)
  await told(conversation, 'it is done: a credit of $30.00')
  expect(await paid(approval.id)).toMatchObject([{ operation: 'ApplyCredit', customer_id: 'cust_1002' }])
  const audit = await jonas.call<{ data: { actor: string; action: string }[] }>(
    'GET',
    `/v1/audit?conversation_id=${conversation}`,
  )
  expect(audit.body.data.map(({ actor, action }) => `${actor} ${action}`)).toEqual(
    expect.arrayContaining(['agent_leo approval.decided', 'ai tool.apply_goodwill_credit']),
  )
})

test('H3: a signed link shows exactly what will run, decides once for its person, and is worth nothing elsewhere', async () => {
  const approvers = [
    { id: 'sup_eva', name: 'Eva <b>Lang</b>', role: 'supervisor' as const },
    { id: 'agent_kim', name: 'Kim', role: 'agent' as const },
  ]
  const { kernel, db } = it.everdesk
  const before = { notifies: kernel.notifies, links: kernel.links }
  Object.assign(kernel, { notifies: true, links: { secret: null, approvers } })
  try {
    const found = (await (
      await fetch(`${it.addresses.sandbox}/orders?customer_id=cust_1004&status=delivered`)
    ).json()) as { data: { number: string; total_cents: number; refunded_cents: number }[] }
    const order = found.data.find((one) => one.total_cents - one.refunded_cents > 30_000)
    const { api: url, issuer } = it.addresses
    const dev = await createApiClient({ url, issuer, role: 'customer', sub: 'cust_1004' })
    const { approvals, conversation } = await asked(`Please refund $250 of order ${order?.number ?? ''}`, dev)
    const [approval] = approvals
    if (!approval) throw new Error('nothing waits')
    const notices = await db.selectFrom('notices').selectAll().where('subject', '=', approval.id).execute()
    expect(notices.map(({ type }) => type)).toEqual(['approval.requested'])
    const notice = notices[0]?.data as unknown as { links: { approver: { id: string }; url: string }[] } | undefined
    const links = notice?.links ?? []
    // Only whose decision can count is sent a link; no name of the customer stands in the notice.
    expect(links.map(({ approver }) => approver.id)).toEqual(['sup_eva'])
    expect(JSON.stringify(notices)).not.toContain('Dev Rao')
    const link = new URL(links[0]?.url ?? '')
    const page = (token: string, id = approval.id) => fetch(`${url}/approvals/${id}?token=${token}`)
    const token = link.searchParams.get('token') ?? ''
    const shown = await page(token)
    const html = await shown.text()
    expect(shown.headers.get('content-security-policy')).toContain("form-action 'self'")
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).toContain('Refund $250.00')
    expect(html).toContain('Eva &#60;b&#62;Lang')
    expect(html).not.toContain('<script')
    expect(html).toContain('Approve exactly this')

    const post = (form: Record<string, string>, id = approval.id) =>
      fetch(`${url}/approvals/${id}`, { method: 'POST', body: new URLSearchParams(form) })
    const [body = '', mac = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[]
    const forged = Buffer.from(JSON.stringify(claims.with(2, 'agent_kim'))).toString('base64url')
    for (const wrong of ['', 'x', `${body}.`, `${forged}.${mac}`, `${body}.${mac}.x`]) {
      expect((await page(wrong)).status).toBe(403)
      expect((await post({ token: wrong, decision: 'approve' })).status).toBe(403)
    }
    expect((await page(token, 'appr_other')).status).toBe(403)
    expect((await post({ token, decision: 'maybe' })).status).toBe(422)
    expect((await post({ token, decision: 'approve', reason: 'x'.repeat(20_000) })).status).toBe(400)
    expect((await mia.call<Approval>('GET', `/v1/approvals/${approval.id}`)).body.state).toBe('pending')

    const decided = await post({ token, decision: 'approve' })
    expect([decided.status, await decided.text()]).toEqual([200, expect.stringContaining('Your approval is kept.')])
    await told(conversation, 'it is done: a refund of $250.00', dev)
    // Sent twice, it is the same decision; the other one comes too late.
    expect((await post({ token, decision: 'approve' })).status).toBe(200)
    expect((await post({ token, decision: 'refuse' })).status).toBe(409)
    expect(await (await page(token)).text()).not.toContain('Approve exactly this')
    expect(await paid(approval.id)).toHaveLength(1)
    expect((await db.selectFrom('notices').select('type').where('subject', '=', approval.id).execute()).length).toBe(3)
    // Whoever is taken off the list has no link any more.
    Object.assign(kernel, { links: { secret: null, approvers: [] } })
    expect((await page(token)).status).toBe(403)
  } finally {
    Object.assign(kernel, before)
  }
})
