// A write whose outcome nobody knows: the console asks a person, who looks and rules; nothing is sent again, and the customer
// hears what came of it [H1 H3 P3].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser, type Person } from './browser.ts'
import { conversationPath, visitConsole } from './console-visit.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

let desk: DeskStack
let browser: DeskBrowser
beforeAll(async () => {
  const effects = { sendLease: 2000, retryFirst: 200, retryMost: 1000 }
  ;[desk, browser] = await Promise.all([startDeskStack({ policy: { effects } }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

/** Billing fails before it books, so that its answer is lost and a look-up finds no trace. */
const billingFails = () =>
  desk.sandbox.fault({ target: 'billing', kind: 'error-500', operation: 'ApplyCredit', count: 1 })
const credits = () => desk.sandbox.effects('ApplyCredit')
const card = ({ page }: Person) => page.getByRole('article', { name: 'Outcome unknown' })

async function asks(customer: string, text: string): Promise<string> {
  const somebody = await desk.as('customer', customer)
  const { conversation, message } = await somebody.start(text)
  await somebody.settled(conversation, message)
  return conversation
}

test('H3: approved, sent, unknown: Mia looks, says that it happened, and the customer is told that it is done', async () => {
  await billingFails()
  const conversation = await asks('cust_1002', 'I would like a goodwill credit of $30, please')
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  const { page } = mia
  await page.getByRole('button', { name: 'Approve $30.00' }).click()
  await card(mia).waitFor()
  const happened = card(mia).getByRole('button', { name: 'It happened' })
  // Without a word of what was seen there is no ruling.
  expect(await happened.isDisabled()).toBe(true)
  expect(await mia.axe()).toEqual([])
  await page.getByLabel('What did you see?').fill('The ledger of billing shows the credit.')
  await happened.click()
  await card(mia).waitFor({ state: 'detached' })
  await page.getByRole('article', { name: 'Approved and done' }).waitFor()
  await page.getByRole('log').getByText('it is done: a credit of $30.00').waitFor()
  await page.getByText('Mia ruled on a write: it happened').waitFor()
  expect(await credits()).toEqual([])
  expect(mia.complaints).toEqual([])
  await mia.context.close()
})

test('P3: a write of the AI itself: ruled not to have happened, a colleague sees it live, and nothing is sent again', async () => {
  await billingFails()
  const late = await lateOrder('cust_1004')
  const conversation = await asks('cust_1004', `I would like a goodwill credit of $20 for order ${late}, please`)
  const path = conversationPath(conversation)
  const [mia, noah] = await Promise.all([
    visitConsole(browser, desk, 'agent_mia', { path }),
    visitConsole(browser, desk, 'agent_noah', { path }),
  ])
  await Promise.all([mia, noah].map((each) => card(each).waitFor()))
  await mia.page.getByLabel('What did you see?').fill('Billing knows nothing of it.')
  await card(mia).getByRole('button', { name: 'It did not happen' }).click()
  for (const each of [mia, noah]) {
    await card(each).waitFor({ state: 'detached' })
    await each.page.getByText('Mia ruled on a write: it did not happen').waitFor()
  }
  expect(await credits()).toEqual([])
  const { body } = await (await desk.as('agent', 'agent_mia')).call<{ data: unknown[] }>('GET', '/v1/effects')
  expect(body.data).toEqual([])
  await Promise.all([mia, noah].map(({ context }) => context.close()))
})

async function lateOrder(customer: string): Promise<string> {
  const answer = await fetch(`${desk.sandbox.url}/orders?customer_id=${customer}`)
  const { data } = (await answer.json()) as { data: { number: string; late: boolean }[] }
  const late = data.find((order) => order.late)
  if (!late) throw new Error(`${customer} has no late order`)
  return late.number
}
