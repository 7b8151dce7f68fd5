// Beside a conversation: what the company's own systems say of the customer, each by itself, and honest when one is away [H5].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser, type Person } from './browser.ts'
import { conversationPath, visitConsole, waitsForPerson } from './console-visit.ts'
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

const section = ({ page }: Person, name: string) => page.getByRole('region', { name, exact: true })

test('Mia reads the newest orders and the invoice that is owed, and her look is in the audit log', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1002')
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  const orders = section(mia, 'Orders')
  await orders.getByText('22345', { exact: true }).waitFor()
  await orders.getByText('delivered, $1,249.00').waitFor()
  await section(mia, 'Open invoices')
    .getByText(/overdue since/)
    .waitFor()
  expect(await mia.axe()).toEqual([])
  expect(mia.complaints).toEqual([])
  const sara = await desk.as('supervisor', 'supervisor_sara')
  const { body } = await sara.call<{ data: { action: string; actor: string; subject: string }[] }>(
    'GET',
    `/v1/audit?conversation_id=${conversation}&actor=agent_mia`,
  )
  expect(body.data.map(({ action, subject }) => `${action} ${subject}`)).toContain('data.read cust_1002')
  await mia.context.close()
})

test('with the orders away they alone are missing, and said to be; tried again, they are there', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1003', 'I want to talk to a person')
  // The card is read again after a write, so the ticket of the handoff comes first.
  const ticket = desk.everdesk.db.selectFrom('effects').select('state').where('conversation_id', '=', conversation)
  await expect.poll(() => ticket.execute(), { timeout: 60_000 }).toEqual([{ state: 'settled' }])
  await desk.sandbox.fault({ target: 'orders', kind: 'error-500' })
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  await section(mia, 'Orders').getByText('The system behind this does not answer.').waitFor()
  await section(mia, 'Open invoices').getByText('None.').waitFor()
  await mia.page.getByText('It waits for a person').waitFor()
  await desk.sandbox.heal()
  await section(mia, 'Orders').getByRole('button', { name: 'Try again' }).click()
  await section(mia, 'Orders').getByText('None.').waitFor()
  expect(await section(mia, 'Orders').getByRole('button').count()).toBe(0)
  await mia.context.close()
})
