// The supervisor's page over real rows: its numbers, its charts also as tables, its filters, its colours, and who may see it [H5].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { visitConsole, waitsForPerson } from './console-visit.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

let desk: DeskStack
let browser: DeskBrowser
beforeAll(async () => {
  ;[desk, browser] = await Promise.all([startDeskStack(), openBrowser()])
  const ada = await desk.as('customer', 'cust_1001')
  const { conversation, message } = await ada.start('Where is my order 12345?')
  const { reply } = await ada.settled(conversation, message)
  await ada.call('POST', `/v1/conversations/${conversation}/feedback`, { message_id: reply?.id, rating: 'up' })
  await waitsForPerson(desk, 'cust_1002')
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

const supervisor = (options = {}) =>
  visitConsole(browser, desk, 'supervisor_sara', { path: '/console/supervisor', ...options })

test('one sentence, then charts that are tables too; axe finds nothing serious, and the policy refuses nothing', async () => {
  const sara = await supervisor()
  const { page } = sara
  await page.getByRole('heading', { level: 1 }).getByText('0 of 100').waitFor()
  await page.getByText('Asked for a person').waitFor()
  await page.getByRole('figure', { name: /^Waiting for a person/ }).waitFor()
  const table = page.getByRole('region', { name: 'By intent' })
  await table.getByRole('row', { name: /^order/ }).waitFor()
  await page.getByRole('button', { name: 'Table of Cost of a conversation' }).click()
  await page.getByRole('region', { name: 'Cost of a conversation, as a table' }).getByRole('row').nth(14).waitFor()
  expect(await sara.axe()).toEqual([])
  expect(sara.complaints).toEqual([])
  await sara.context.close()
})

test('days and intent narrow it', async () => {
  const { page, context } = await supervisor({ width: 390, height: 844 })
  await page.getByLabel('Intent', { exact: true }).selectOption('order')
  await page.getByText('none in 14 days').waitFor()
  await page.getByLabel('Days', { exact: true }).selectOption('30')
  await page.getByText('none in 30 days').waitFor()
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  expect(content).toBe(window)
  await context.close()
})

test('the charts are drawn again when the light changes', async () => {
  const { page, context } = await supervisor()
  const bars = page.getByRole('figure', { name: /^Cost of a conversation/ }).locator('canvas')
  await bars.waitFor()
  const drawn = () => bars.evaluate((canvas: { toDataURL(): string }) => canvas.toDataURL())
  const light = await drawn()
  await page.getByRole('button', { name: 'Light or dark' }).click()
  await expect.poll(drawn).not.toBe(light)
  await context.close()
})

test('what cannot be read is said, and what was read stays', async () => {
  const { page, context } = await supervisor()
  await page.getByText('Asked for a person').waitFor()
  await desk.stopApi()
  await page.getByLabel('Days', { exact: true }).selectOption('7')
  await page.getByText('The numbers could not be read').waitFor()
  expect(await page.getByText('Asked for a person').count()).toBe(1)
  await desk.startApi()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('in 7 days').waitFor()
  await context.close()
})

test('T1: an agent has no such page', async () => {
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: '/console/supervisor' })
  await mia.page.getByRole('heading', { name: 'This page is for supervisors.' }).waitFor()
  expect(await mia.page.getByRole('link', { name: 'Supervisor' }).count()).toBe(0)
  expect(await mia.axe()).toEqual([])
  await mia.context.close()
})
