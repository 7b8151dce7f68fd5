// An approval that outlives everything: API, worker, sandbox and Temporal die between the question and the decision [H3 P1 P3].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { visitConsole } from './console-visit.ts'
import { say, transcript, visitChat } from './customer.ts'
import { startWholeStack, type WholeStack } from './stack.ts'

let desk: WholeStack
let browser: DeskBrowser
beforeAll(async () => {
  ;[desk, browser] = await Promise.all([startWholeStack(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

/** Two starts of everything. */
const PATIENCE = 240_000

test('H3: asked before, agreed to by two behind it, run once, and the customer reads it without a reload', {
  timeout: PATIENCE,
}, async () => {
  const ben = await visitChat(browser, desk, 'cust_1002')
  await say(ben.page, 'I want a refund for order 22345 please')
  await ben.page.getByText('Two colleagues check this first: a refund of $1,249.00').waitFor()
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: '/console/approvals' })
  await mia.page.getByRole('link', { name: /Ben Ortiz/ }).click()
  await mia.page.getByRole('button', { name: 'Approve $1,249.00' }).waitFor()

  await desk.kill()
  expect(await desk.sandbox.effects('open_refund').catch(() => 'away')).toBe('away')
  await desk.start()

  await mia.page.getByRole('banner').getByText('Live').waitFor()
  await mia.page.getByRole('button', { name: 'Approve $1,249.00' }).click()
  await mia.page.getByText('It waits for one more person.').waitFor()
  expect(await desk.sandbox.effects('open_refund')).toEqual([])
  const sara = await visitConsole(browser, desk, 'supervisor_sara', { path: '/console/approvals' })
  await sara.page.getByRole('link', { name: /Ben Ortiz/ }).click()
  await sara.page.getByRole('button', { name: 'Approve $1,249.00' }).click()

  await ben.page.getByText('it is done: a refund of $1,249.00 for order 22345').waitFor()
  expect(await desk.sandbox.effects('open_refund')).toHaveLength(1)
  expect((await transcript(ben.page)).filter((line) => line.startsWith('you: '))).toHaveLength(1)
  for (const { context } of [ben, mia, sara]) await context.close()
})
