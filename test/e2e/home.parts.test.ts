// The page of the first look: chat and console side by side, demo people in a click, and only where the issuer is the sandbox [L1].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'
import { json, startLoopback } from '../support/loopback.ts'
import { openBrowser, type DeskBrowser } from './browser.ts'
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

test('Ada and Mia sit side by side without a sign-in, and Ben takes the chair with a click', async () => {
  const visitor = await browser.person()
  await visitor.page.goto(desk.url)
  await visitor.page.getByText('You are Ada Park, a customer').waitFor()
  await visitor.page.getByText('You are Mia, an agent').waitFor()
  const console = visitor.page.frameLocator('#console')
  await console.getByRole('banner').getByText('Mia, agent').waitFor()
  await visitor.page.getByRole('button', { name: 'Ben Ortiz' }).click()
  await visitor.page.getByText('You are Ben Ortiz, a customer').waitFor()
  await visitor.page.getByRole('button', { name: 'Sara' }).click()
  await console.getByRole('banner').getByText('Sara, supervisor').waitFor()
  expect(await visitor.axe()).toEqual([])
  expect(visitor.complaints).toEqual([])
  await visitor.page.reload()
  await visitor.page.getByText('You are Ben Ortiz, a customer').waitFor()
  await visitor.context.close()
})

test('on a narrow screen the chat stands above the console', async () => {
  const visitor = await browser.person({ width: 390, height: 844, theme: 'dark' })
  await visitor.page.goto(desk.url)
  await visitor.page.getByText('You are Mia, an agent').waitFor()
  const [chat, console] = await Promise.all(
    ['#chat', '#console'].map((frame) => visitor.page.locator(frame).boundingBox()),
  )
  expect(console?.y).toBeGreaterThan((chat?.y ?? 0) + (chat?.height ?? 0))
  const [content, window] = await visitor.page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  expect(content).toBe(window)
  await visitor.context.close()
})

test("at a company's own issuer nobody is signed in by a click", async () => {
  const issuer = await startLoopback((_request, response) =>
    json(
      response,
      200,
      { issuer: issuer.url, grant_types_supported: ['authorization_code'] },
      { 'access-control-allow-origin': '*' },
    ),
  )
  const api = await startTestApi(databaseKinds()[0] ?? 'pglite', { issuer: issuer.url })
  const visitor = await browser.person()
  await visitor.page.goto(api.url)
  await visitor.page.getByRole('link', { name: 'Open the console' }).waitFor()
  expect(await visitor.page.getByRole('heading', { name: 'Sign in as' }).count()).toBe(0)
  expect(issuer.requests.map(({ path }) => path)).not.toContain('/token')
  await visitor.context.close()
  await api.stop()
  await issuer.close()
})
