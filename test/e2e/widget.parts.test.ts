// The widget on a page of another origin that does everything wrong, and how much it weighs [L1].
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { field, replies, say, transcript } from './customer.ts'
import { openShopPage, type ShopPage } from './shop-page.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

/** How an element of the page looks, and what the widget's own room does to what is in it. */
const LOOK = `(name) => {
  const { color, fontSize, fontFamily, letterSpacing, textTransform } = getComputedStyle(name)
  const { opacity, transform, filter, visibility } = getComputedStyle(document.querySelector('everdesk-chat'))
  const { width, right } = name.closest('.corner').getBoundingClientRect()
  return { color, fontSize, fontFamily, letterSpacing, textTransform, opacity, transform, filter, visibility, width, right }
}`
type Look = Record<string, string | number>
const TITLE = `(element) => {
  const { color, fontFamily } = getComputedStyle(element)
  return { color, fontFamily, sheets: document.adoptedStyleSheets.length + document.styleSheets.length }
}`
const ROOM = "document.querySelector('everdesk-chat').shadowRoot"
const NAMES = 'Object.getOwnPropertyNames(window)'
const LARGEST = 40 * 1024
let shop: ShopPage
let desk: DeskStack
let browser: DeskBrowser
beforeAll(async () => {
  shop = await openShopPage()
  ;[desk, browser] = await Promise.all([startDeskStack({ embedOrigins: [shop.origin] }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await desk.close()
  await shop.close()
})

test('one script of less than 40 KB, compressed', () => {
  const script = readFileSync(resolve(import.meta.dirname, '../../web/dist/widget.js'))
  expect(gzipSync(script).length).toBeLessThan(LARGEST)
})

test('it looks as it should on a page whose styles would spoil it, and changes nothing of that page', async () => {
  const person = await browser.person()
  const { page } = person
  await page.goto(shop.origin)
  const before = await page.evaluate<string[]>(NAMES)
  shop.carry(desk.url)
  await page.goto(shop.origin)
  const launcher = page.getByRole('button', { name: 'Chat' })
  await launcher.waitFor()
  const after = await page.evaluate<string[]>(NAMES)
  const added = after.filter((name) => !before.includes(name))
  expect(added).toEqual(['everdesk'])
  await launcher.click()
  await field(page).waitFor()
  const look = await page.evaluate<Look>(`(${LOOK})(${ROOM}.querySelector('.top-name'))`)
  expect(look).toMatchObject({
    color: 'rgb(20, 32, 27)',
    fontSize: '16px',
    letterSpacing: '-0.16px',
    textTransform: 'none',
    opacity: '1',
    transform: 'none',
    filter: 'none',
    visibility: 'visible',
    width: 408,
    right: 1412,
  })
  expect(look.fontFamily).not.toContain('fantasy')
  const title = await page.evaluate<Look>(`(${TITLE})(document.querySelector('h1'))`)
  expect(title).toEqual({ color: 'rgb(255, 0, 0)', fontFamily: 'fantasy', sheets: 1 })
  await person.screenshot('widget-hostile-page')
  expect(person.complaints).toEqual([])
  await person.context.close()
})

test('a guest chats across origins, the page hands over a token, and the conversation goes on as the customer’s', async () => {
  shop.carry(desk.url)
  const person = await browser.person()
  const { page } = person
  await page.goto(shop.origin)
  await page.getByRole('button', { name: 'Chat' }).click()
  await say(page, 'Where is order 12345?')
  await replies(page, 1)
  expect((await transcript(page)).at(-1)).toContain('Sign in')
  const { token } = await desk.as('customer', 'cust_1001')
  await page.evaluate(`everdesk.signIn('${token}')`)
  await page.getByText('Hello Ada.').waitFor()
  await replies(page, 1)
  await say(page, 'Where is order 12345?')
  await replies(page, 2)
  expect((await transcript(page)).at(-1)).toContain('ZX81-5512-9034')
  await page.evaluate('everdesk.signOut()')
  await replies(page, 0)
  expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('conv_')
  expect(person.complaints).toEqual([])
  await person.context.close()
})

test('a token on the script element speaks for the customer at once, and a reload finds the conversation again', async () => {
  const { token } = await desk.as('customer', 'cust_1002')
  shop.carry(desk.url, `data-token="${token}" data-open data-theme="dark"`)
  const person = await browser.person()
  const { page } = person
  await page.goto(shop.origin)
  await page.getByText('Hello Ben.').waitFor()
  await say(page, 'Where is my order 22345?')
  await replies(page, 1)
  const before = await transcript(page)
  await page.reload()
  await replies(page, 1)
  expect(await transcript(page)).toEqual(before)
  // What the shop does to its own heading is the shop's.
  expect((await person.axe()).filter((found) => found.includes('everdesk'))).toEqual([])
  await person.screenshot('widget-dark')
  await page.setViewportSize({ width: 390, height: 844 })
  await person.screenshot('widget-dark-390')
  await person.context.close()
})

test('keyboard: Escape makes it small, focus returns to its button, words that came meanwhile are counted', async () => {
  shop.carry(desk.url)
  const person = await browser.person()
  const { page } = person
  await page.goto(shop.origin)
  await page.getByRole('button', { name: 'Chat' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('How long is the warranty?')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const launcher = page.getByRole('button', { name: 'Chat' })
  await expect.poll(() => launcher.textContent(), { timeout: 30_000 }).toContain('1 new')
  expect(await page.evaluate(`${ROOM}.activeElement?.className`)).toContain('launcher')
  await page.keyboard.press('Enter')
  await replies(page, 1)
  await page.evaluate('everdesk.remove()')
  expect(await page.locator('everdesk-chat').count()).toBe(0)
  await person.context.close()
})

test('a page whose origin is not named gets nothing of the desk', async () => {
  const stranger = await openShopPage()
  stranger.carry(desk.url, 'data-open')
  const person = await browser.person()
  await person.page.goto(stranger.origin)
  await say(person.page, 'Hello')
  await person.page.getByText('Not sent yet').waitFor()
  await expect.poll(() => person.complaints.join('\n')).toContain('CORS')
  await person.context.close()
  await stranger.close()
})
