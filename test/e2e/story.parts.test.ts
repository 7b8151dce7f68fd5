// Both sides at once: a customer in the chat and an agent in the console, each in a browser of their own [H1 H2 H5 L1 P5].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { visitConsole } from './console-visit.ts'
import { replies, say, transcript, visitChat } from './customer.ts'
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

test('H2: asks, reads the answer as it is written, asks for a person, is helped, and the AI goes on', async () => {
  const mia = await visitConsole(browser, desk, 'agent_mia')
  const ben = await visitChat(browser, desk, 'cust_1002')
  await desk.sandbox.model({ tokens_per_second: 30 })
  await say(ben.page, 'How do I do a factory reset of my tablet?')
  await ben.page.locator('.running .talk').getByText(/\w{3}/).waitFor()
  await replies(ben.page, 1)
  await desk.sandbox.model({ tokens_per_second: 0 })

  await ben.page.getByRole('button', { name: 'Talk to a person' }).click()
  // Mia has done nothing: the queue is live.
  await mia.page.getByRole('link', { name: /Ben Ortiz/ }).click()
  await mia.page.getByRole('button', { name: 'Claim' }).first().click()
  await mia.page.getByText('You have the floor').waitFor()
  await ben.page.getByText('A person. The AI is silent now.').waitFor()

  await mia.page
    .getByRole('textbox', { name: 'Reply to Ben Ortiz' })
    .fill('Hi Ben, Mia here. <b>Which</b> tablet is it?')
  await mia.page.getByRole('button', { name: 'Send' }).click()
  await ben.page.getByText('Hi Ben, Mia here. <b>Which</b> tablet is it?').waitFor()
  await say(ben.page, 'The one from last year.')
  await mia.page.getByRole('log').getByText('The one from last year.').waitFor()
  // Answered, so that the AI has only what comes next.
  await mia.page.getByRole('textbox', { name: 'Reply to Ben Ortiz' }).fill('Then hold both buttons.')
  await mia.page.getByRole('button', { name: 'Send' }).click()
  await ben.page.getByText('Then hold both buttons.').waitFor()

  await mia.page.getByRole('button', { name: 'Hand back' }).click()
  await mia.page.getByLabel(/What should the AI know/).fill('It is the one from last year.')
  await mia.page.getByRole('button', { name: 'Hand back to the AI' }).click()
  await mia.page.getByText('The AI has the floor').waitFor()
  await ben.page
    .getByRole('status')
    .getByText(/^An AI/)
    .waitFor()
  await say(ben.page, 'What is the return policy?')
  await expect.poll(async () => (await transcript(ben.page)).at(-1), { timeout: 30_000 }).toMatch(/^ai: /)

  const said = await transcript(ben.page)
  const person = said.findIndex((line) => line.startsWith('person: '))
  expect(said.filter((line) => line.startsWith('you: '))).toEqual([
    'you: How do I do a factory reset of my tablet?',
    'you: I would like to talk to a person.',
    'you: The one from last year.',
    'you: What is the return policy?',
  ])
  expect(said.slice(person, person + 2)).toEqual([
    'person: Hi Ben, Mia here. <b>Which</b> tablet is it?',
    'you: The one from last year.',
  ])
  expect([ben.complaints, mia.complaints]).toEqual([[], []])
  for (const { context } of [ben, mia]) await context.close()
})

test('P5: a person takes over in the middle of a sentence; the customer keeps her words and none of those', async () => {
  const [noah, ada] = await Promise.all([
    visitConsole(browser, desk, 'agent_noah', { path: '/console/all' }),
    visitChat(browser, desk, 'cust_1001'),
  ])
  await say(ada.page, 'How long is the warranty?')
  await replies(ada.page, 1)
  await noah.page.getByRole('link', { name: /Ada Park/ }).click()
  await noah.page.getByText('The AI has the floor').waitFor()
  // Slow enough to be in the middle of it for as long as Noah types.
  await desk.sandbox.model({ tokens_per_second: 4 })
  await say(ada.page, 'How do returns work, and what does shipping cost?')
  await ada.page.locator('.running .talk').getByText(/\w{3}/).waitFor()
  await noah.page.getByText('AI, writing').waitFor()
  await noah.page.getByRole('textbox', { name: 'Reply to Ada Park' }).fill('I take this one, Ada.')
  await noah.page.getByRole('button', { name: 'Take over and send' }).click()
  await ada.page.getByText('I take this one, Ada.').waitFor()
  await ada.page.locator('.running').waitFor({ state: 'detached' })
  await desk.sandbox.model({ tokens_per_second: 0 })
  const said = (await transcript(ada.page)).filter((line) => !line.startsWith('-- ')).slice(-2)
  expect(said).toEqual(['you: How do returns work, and what does shipping cost?', 'person: I take this one, Ada.'])
  await ada.page.reload()
  await ada.page.getByText('I take this one, Ada.').waitFor()
  expect((await transcript(ada.page)).filter((line) => line.startsWith('ai: '))).toHaveLength(2)
  for (const { context } of [noah, ada]) await context.close()
})
