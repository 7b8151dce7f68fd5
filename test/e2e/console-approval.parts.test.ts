// An approval as it is decided in the console: the exact effect, two people, an edit under one's eyes, a refusal [H3].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { conversationPath, visitConsole } from './console-visit.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

let desk: DeskStack
let browser: DeskBrowser
beforeAll(async () => {
  ;[desk, browser] = await Promise.all([startDeskStack(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

async function asksForRefund(): Promise<string> {
  const ben = await desk.as('customer', 'cust_1002')
  const { conversation, message } = await ben.start('I want a refund for order 22345')
  await ben.settled(conversation, message)
  return conversation
}

test('H3: edited under the eyes of a colleague, then approved by key: it runs once, for what was approved, and both see it', async () => {
  const path = conversationPath(await asksForRefund())
  const [sara, mia] = await Promise.all([
    visitConsole(browser, desk, 'supervisor_sara', { path }),
    visitConsole(browser, desk, 'agent_mia', { path }),
  ])
  const card = sara.page.getByRole('article', { name: 'Approval needed from two people' })
  await card.getByText('Refund $1,249.00, the whole of order 22345, to Ben Ortiz').waitFor()
  await mia.page.getByRole('button', { name: 'Approve $1,249.00' }).waitFor()
  await sara.page.keyboard.press('e')
  await sara.page.getByLabel('amount').fill('900.00')
  await sara.page.getByRole('button', { name: 'Ask for this instead' }).click()
  // Mia looked at the other amount: it is replaced under her eyes, and the difference is marked.
  await mia.page.getByText('amount was $1,249.00, now $900.00').waitFor()
  await mia.page.getByRole('button', { name: 'Approve $900.00' }).waitFor()
  expect(await mia.axe()).toEqual([])
  const approve = sara.page.getByRole('button', { name: 'Approve $900.00' })
  await expect.poll(() => approve.getAttribute('aria-disabled')).toBe('false')
  await sara.page.keyboard.press('a')
  expect(await approve.evaluate((button) => button.matches(':focus'))).toBe(true)
  await sara.page.keyboard.press('Enter')
  for (const { page } of [sara, mia]) {
    await page.getByRole('article', { name: 'Approved and done' }).waitFor()
    await page.getByRole('log').getByText('it is done: a refund of $900.00 for order 22345').waitFor()
  }
  const refunds = await desk.sandbox.effects('RefundPayment')
  expect(refunds).toMatchObject([{ business_key: '22345', repeated: 0 }])
  expect([...sara.complaints, ...mia.complaints]).toEqual([])
  await Promise.all([sara, mia].map(({ context }) => context.close()))
})

test('H3: a refusal asks for its reason in place, and nothing runs', async () => {
  const before = (await desk.sandbox.effects('RefundPayment')).length
  const path = conversationPath(await asksForRefund())
  const sara = await visitConsole(browser, desk, 'supervisor_sara', { path })
  const { page } = sara
  await page.getByRole('article', { name: /^Approval needed/ }).waitFor()
  await page.getByRole('button', { name: 'Refuse…' }).focus()
  await page.keyboard.press('r')
  await page.getByLabel('Why not? The customer may read this.').fill('The photo shows another set.')
  await page.keyboard.press('Enter')
  await page.getByRole('article', { name: 'Refused' }).waitFor()
  await page.getByRole('log').getByText('decided against it, so nothing was done').waitFor()
  expect((await desk.sandbox.effects('RefundPayment')).length).toBe(before)
  await sara.context.close()
})
