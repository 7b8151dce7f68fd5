// A conversation is given to a colleague, or to a team: the other one sees it without a reload, with the note, and goes on [H2].
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

async function claims({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Claim' }).first().click()
  await page.getByText('You have the floor').waitFor()
}

test('H2: to a colleague: she finds it waiting for her with the note, claims it, and answers; whoever gave it reads along', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1002')
  const noah = await visitConsole(browser, desk, 'agent_noah')
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  await claims(mia)
  await noah.page.getByRole('link', { name: /Ben Ortiz/ }).waitFor({ state: 'detached' })
  await mia.page.keyboard.press('Escape')
  await mia.page.getByRole('button', { name: 'Transfer' }).first().click()
  const form = mia.page.getByRole('form', { name: 'Transfer' })
  await form.getByLabel('To a colleague').selectOption({ label: 'Noah, agent' })
  await form.getByLabel(/Note for them/).fill('Ben has the receipt at hand.')
  expect(await mia.axe()).toEqual([])
  await form.getByRole('button', { name: 'Transfer' }).click()
  await mia.page.getByText('It waits for Noah').waitFor()

  // Noah has done nothing: the queue is live.
  await noah.page.getByRole('link', { name: /Ben Ortiz.*for you/ }).click()
  await noah.page.getByText('It waits for you').waitFor()
  await noah.page.getByRole('log').getByText('Ben has the receipt at hand.').waitFor()
  await claims(noah)
  await mia.page.getByText('Noah has the floor').waitFor()
  await mia.page.getByText('answers here. You can read along or leave a note.').waitFor()
  await noah.page.getByRole('textbox', { name: 'Reply to Ben Ortiz' }).fill('Hi Ben, Noah here.')
  await noah.page.getByRole('button', { name: 'Send' }).click()
  await mia.page.getByRole('log').getByText('Hi Ben, Noah here.').waitFor()
  expect([...mia.complaints, ...noah.complaints]).toEqual([])
  await Promise.all([mia, noah].map(({ context }) => context.close()))
})

test('H2: to a team: a name nobody has is refused in place, and anybody of the desk takes up what the team was given', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1001', 'I want to talk to a person about order 12345')
  const noah = await visitConsole(browser, desk, 'agent_noah')
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  await claims(mia)
  await mia.page.keyboard.press('Escape')
  await mia.page.keyboard.press('t')
  const form = mia.page.getByRole('form', { name: 'Transfer' })
  await form.getByLabel('or to a team').fill('astronauts')
  await form.getByRole('button', { name: 'Transfer' }).click()
  await form.getByText('There is nobody to transfer it to.').waitFor()
  await form.getByLabel('or to a team').fill('billing')
  await form.getByRole('button', { name: 'Transfer' }).click()
  await mia.page.getByText('It waits for a person of the team billing').waitFor()
  await noah.page.getByRole('link', { name: /Ada Park.*for billing/ }).click()
  await noah.page.getByText('It waits for a person of the team billing').waitFor()
  await claims(noah)
  await mia.page.getByText('Noah has the floor').waitFor()
  expect(noah.complaints).toEqual([])
  await Promise.all([mia, noah].map(({ context }) => context.close()))
})
