// The chat page in a real browser on a real desk: guests, signing in, losing the network, people, closing [L1, H1, H7, C6, P2, P4].
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser, type Person } from './browser.ts'
import { field, keptConversation, replies, say, transcript } from './customer.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

const PATIENCE = { timeout: 30_000 }
let desk: DeskStack
let browser: DeskBrowser
const here: Person[] = []
beforeAll(async () => {
  ;[desk, browser] = await Promise.all([startDeskStack(), openBrowser()])
})
afterEach(async () => {
  for (const person of here.splice(0)) await person.context.close()
  await desk.sandbox.model({ tokens_per_second: 0, latency_ms: 0 })
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

async function visitor(options: Parameters<DeskBrowser['person']>[0] = {}): Promise<Person> {
  const person = await browser.person(options)
  here.push(person)
  await person.page.goto(`${desk.url}/chat`)
  await field(person.page).waitFor()
  return person
}
/** What has the focus, by its label or its words. */
const FOCUSED = "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)"
const storedTexts = async (conversation: string) =>
  (
    await desk.everdesk.db
      .selectFrom('messages')
      .select(['role', 'text'])
      .where('conversation_id', '=', conversation)
      .where('role', '=', 'customer')
      .orderBy('seq')
      .execute()
  ).map(({ text }) => text)

test('L1: a guest asks, reads the streamed answer with its sources, and has a thumb for it', async () => {
  const { page, complaints } = await visitor()
  await desk.sandbox.model({ tokens_per_second: 40 })
  await say(page, 'My bluetooth headphones will not pair with my phone.')
  await page.locator('.running').getByText('Searched our articles').waitFor(PATIENCE)
  await page.locator('.running .talk').getByText('Turn Bluetooth').waitFor(PATIENCE)
  expect(await page.getByRole('log').getAttribute('aria-busy')).toBe('true')
  await replies(page, 1)
  expect(await page.getByRole('log').getAttribute('aria-busy')).toBe('false')
  await page.getByRole('button', { name: 'Source 1' }).click()
  await page.locator('.passage').waitFor()
  await page.getByRole('button', { name: 'Helpful', exact: true }).click()
  await page.getByText('Thank you').waitFor()
  await page.reload()
  await replies(page, 1)
  await expect
    .poll(() => page.getByRole('button', { name: 'Helpful', exact: true }).getAttribute('aria-pressed'))
    .toBe('true')
  expect(complaints).toEqual([])
})

test('L1, P4: after a reload in the middle of an answer everything stands there once', async () => {
  const { page } = await visitor()
  await say(page, 'How long is the warranty?')
  await replies(page, 1)
  const before = await transcript(page)
  await desk.sandbox.model({ tokens_per_second: 30 })
  await say(page, 'How do I do a factory reset of my tablet?')
  await page.locator('.running .talk').getByText(/\w{3}/).waitFor(PATIENCE)
  await page.reload()
  await replies(page, 2)
  const after = await transcript(page)
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.slice(before.length)).toEqual([
    'you: How do I do a factory reset of my tablet?',
    expect.stringMatching(/^ai: /),
  ])
})

test('L1, P2: what is typed without a network is kept through a reload and goes out once, in order', async () => {
  const person = await visitor()
  const { page, context } = person
  await say(page, 'How long is the warranty?')
  await replies(page, 1)
  await context.setOffline(true)
  await say(page, 'First thing')
  await say(page, 'Second thing')
  await page.getByText('No connection. Your words go out when you are back.').waitFor(PATIENCE)
  expect((await transcript(page)).slice(-2)).toEqual(['unsent: First thing', 'unsent: Second thing'])
  await person.screenshot('chat-offline')
  await context.setOffline(false)
  await replies(page, 2)
  await expect.poll(() => transcript(page), PATIENCE).not.toContainEqual(expect.stringMatching(/^unsent/))
  expect(await storedTexts(await keptConversation(page))).toEqual([
    'How long is the warranty?',
    'First thing',
    'Second thing',
  ])
})

test('L1, P2: an answer to sending that is lost leaves one message, not two', async () => {
  const { page } = await visitor()
  await say(page, 'How long is the warranty?')
  await replies(page, 1)
  let lost = 0
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST' || lost > 1) return route.continue()
    lost += 1
    await route.fetch()
    await route.abort('connectionreset')
  })
  await say(page, 'Do you ship abroad?')
  await replies(page, 2)
  await expect.poll(() => transcript(page), PATIENCE).not.toContainEqual(expect.stringMatching(/^unsent/))
  expect((await transcript(page)).filter((line) => line === 'you: Do you ship abroad?')).toHaveLength(1)
  expect(await storedTexts(await keptConversation(page))).toEqual(['How long is the warranty?', 'Do you ship abroad?'])
  expect(lost).toBeGreaterThan(0)
})

test('L1, P4: with the desk away the page waits, and has missed nothing when it is back', async () => {
  const { page } = await visitor()
  await say(page, 'How long is the warranty?')
  await replies(page, 1)
  const conversation = await keptConversation(page)
  await desk.stopApi()
  await page.getByText(/Reconnecting|No connection/).waitFor(PATIENCE)
  await say(page, 'Do you ship abroad?')
  await desk.startApi()
  await replies(page, 2)
  await page.getByText(/Reconnecting|No connection/).waitFor({ state: 'detached', ...PATIENCE })
  expect(await storedTexts(conversation)).toEqual(['How long is the warranty?', 'Do you ship abroad?'])
  expect((await transcript(page)).filter((line) => line.startsWith('you'))).toHaveLength(2)
})

test('L1: a guest signs in and the conversation goes on, now with the account; signing out forgets it', async () => {
  const person = await visitor()
  const { page } = person
  await say(page, 'Where is order 12345?')
  await replies(page, 1)
  expect((await transcript(page)).at(-1)).toContain('Sign in here')
  const conversation = await keptConversation(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await person.choose('cust_1001')
  await replies(page, 1)
  expect((await transcript(page)).slice(1, 2)).toEqual(['you: Where is order 12345?'])
  await page.getByText('Hello Ada.').waitFor()
  await say(page, 'Where is order 12345?')
  await replies(page, 2)
  expect((await transcript(page)).at(-1)).toContain('ZX81-5512-9034')
  await page.getByText('Looked up your order').waitFor()
  expect(await keptConversation(page)).toBe(conversation)
  expect(await desk.everdesk.conversation(conversation)).toMatchObject({ customer_id: 'cust_1001', guest: false })
  expect(await page.evaluate("localStorage.getItem('everdesk.guest')")).toBeNull()
  expect(person.complaints.filter((complaint) => complaint.includes(desk.url))).toEqual([])
})

test('P6: when a guest signs in elsewhere, the page that still holds the guest’s token reads no further and says so', async () => {
  const person = await visitor()
  const { page } = person
  await say(page, 'How long is the warranty?')
  await replies(page, 1)
  const conversation = await keptConversation(page)
  const { token } = JSON.parse(await page.evaluate<string>("localStorage.getItem('everdesk.guest')")) as {
    token: string
  }
  const ada = await desk.as('customer', 'cust_1001')
  expect((await ada.call('POST', '/v1/guests/claim', { guest_token: token })).status).toBe(200)
  await ada.send(conversation, 'Only for me')
  await page.getByText('This conversation goes on where you signed in.').waitFor(PATIENCE)
  expect((await transcript(page)).join('\n')).not.toContain('Only for me')
  await page.getByRole('button', { name: 'Start a new conversation' }).click()
  await say(page, 'Do you ship abroad?')
  await replies(page, 1)
  expect(await keptConversation(page)).not.toBe(conversation)
})

test('H1, H2: a person answers under their name, the line shows when the floor passed, and the AI goes on', async () => {
  const { page } = await visitor()
  await page.getByRole('button', { name: 'Talk to a person' }).click()
  await page.getByText('A person answers here.', { exact: true }).waitFor(PATIENCE)
  await page.getByText(/A person answers by \d\d:\d\d/).waitFor(PATIENCE)
  const conversation = await keptConversation(page)
  const mia = await desk.as('agent', 'agent_mia')
  const reply = await mia.call('POST', `/v1/conversations/${conversation}/replies`, {
    text: 'Hi, here I am: https://help.electronics-store.example/hours.',
    take_over: true,
  })
  expect(reply.status).toBe(201)
  await page.locator('.turn-d.person').waitFor(PATIENCE)
  const name = (await page.locator('.turn-d.person .said b').textContent()) ?? ''
  expect(name).not.toBe('')
  await page.getByText(`${name} took over`).waitFor()
  await page.getByText('A person. The AI is silent now.').waitFor()
  const link = page.locator('.turn-d.person a')
  expect(await link.getAttribute('href')).toBe('https://help.electronics-store.example/hours')
  expect(await link.getAttribute('rel')).toContain('noopener')
  await mia.call('POST', `/v1/conversations/${conversation}/hand-back`, {})
  await page.getByText('The AI goes on').waitFor(PATIENCE)
  await page.getByRole('button', { name: 'Talk to a person' }).waitFor()
})

test('H7, C6: the customer ends it, rates it once, and a later word opens it again', async () => {
  const { page } = await visitor()
  await say(page, 'How long is the warranty?')
  await replies(page, 1)
  await page.getByRole('button', { name: 'End chat' }).click()
  await page.getByRole('button', { name: 'End it' }).click()
  await page.getByText(/^Closed, /).waitFor(PATIENCE)
  await page.getByRole('radio', { name: '4 of 5' }).check()
  await page.getByPlaceholder(/What should we know/).fill('quick')
  await page.getByRole('button', { name: 'Send rating' }).click()
  await page.getByText('Your rating has arrived').waitFor(PATIENCE)
  const conversation = await keptConversation(page)
  const rating = await desk.everdesk.db
    .selectFrom('ratings')
    .select(['score', 'comment'])
    .where('conversation_id', '=', conversation)
    .executeTakeFirst()
  expect(rating).toEqual({ score: 4, comment: 'quick' })
  await say(page, 'Do you ship abroad?')
  await page.getByText(/^Open again, /).waitFor(PATIENCE)
  await replies(page, 2)
  expect(await keptConversation(page)).toBe(conversation)
})

test('P9: a card number is shown masked once the desk has it, and is never kept by the browser', async () => {
  const { page, context } = await visitor()
  await context.setOffline(true)
  await say(page, 'My card is 4111 1111 1111 1111')
  await page.getByText('Not sent yet').waitFor()
  expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('4111')
  await context.setOffline(false)
  await page.getByText('We masked it before anything was stored').waitFor(PATIENCE)
  await expect.poll(async () => (await transcript(page)).join('\n'), PATIENCE).not.toContain('4111 1111')
})

test('hostile text of every side stays text, and no address but http becomes a link', async () => {
  const { page, complaints } = await visitor()
  const hostile = '<img src=x onerror="document.title=1"><b>bold</b> javascript:alert(1) [x](javascript:1) \u202e'
  await say(page, hostile)
  await page.getByText('<b>bold</b>').waitFor()
  const conversation = await keptConversation(page)
  const mia = await desk.as('agent', 'agent_mia')
  await mia.call('POST', `/v1/conversations/${conversation}/replies`, { text: hostile, take_over: true })
  await page.locator('.turn-d.person').waitFor(PATIENCE)
  expect(await page.locator('.chat-log img, .chat-log script, .turn-c b').count()).toBe(0)
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
  expect(await page.title()).toBe('everdesk chat')
  expect(complaints).toEqual([])
})

test('T3: the limit of a message is told before it is sent, and over it nothing goes out', async () => {
  const { page } = await visitor()
  await field(page).fill('x'.repeat(4990))
  await page.getByText('10 characters left').waitFor()
  await field(page).fill('x'.repeat(5003))
  await page.getByText('3 characters over the limit of 5,000').waitFor()
  await field(page).press('Enter')
  expect(await page.locator('.turn-c').count()).toBe(0)
})

test('everything is reached by keyboard alone, and axe finds nothing serious, light and dark, wide and narrow', async () => {
  for (const options of [{}, { theme: 'dark', width: 390, height: 844, reducedMotion: true }] as const) {
    const person = await visitor(options)
    const { page } = person
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
    await page.keyboard.type('My bluetooth headphones will not pair with my phone.')
    await page.keyboard.press('Enter')
    await replies(page, 1)
    // Back from the field: the log with its sources and thumbs.
    for (const name of ['Not helpful', 'Helpful', '1. Pairing']) {
      for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press('Shift+Tab')
        const at = await page.evaluate<string>(FOCUSED)
        if (at.startsWith(name)) break
        expect(step).toBeLessThan(3)
      }
    }
    await page.keyboard.press('Enter')
    await page.locator('.passage').waitFor()
    expect(await person.axe()).toEqual([])
    await person.screenshot(`chat-page-${'theme' in options ? 'dark-390' : 'light-1440'}`)
    expect(person.complaints).toEqual([])
  }
})
