// The console as its people use it: sign-in, claim, reply, hand back, a race, a takeover, the keyboard, hostile text [H2 H5 T1 P5].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
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

describe('sign-in', () => {
  test('T1: by code and PKCE, back to the page one wanted, kept over a reload, and ended', async () => {
    const mia = await visitConsole(browser, desk, 'agent_mia', { path: '/console/all' })
    expect(mia.page.url()).toBe(`${desk.url}/console/all`)
    await mia.page.getByRole('banner').getByText('Mia, agent').waitFor()
    await mia.page.reload()
    await mia.page.getByRole('banner').getByText('Live').waitFor()
    expect(mia.complaints).toEqual([])
    await mia.page.getByRole('banner').getByText('Mia, agent').click()
    await mia.page.getByRole('button', { name: 'Sign out' }).click()
    await mia.page.getByRole('button', { name: 'Sign out' }).click()
    await mia.page.getByRole('heading', { name: 'You are signed out.' }).waitFor()
    expect(await mia.axe()).toEqual([])
    await mia.context.close()
  })

  test('H5: a customer reads that the console is not theirs, and a code of another sign-in is refused', async () => {
    const ben = await browser.person()
    await ben.page.goto(`${desk.url}/console`)
    await ben.choose('cust_1002')
    await ben.page.getByRole('heading', { name: 'The console is for the people of the desk.' }).waitFor()
    expect(await ben.axe()).toEqual([])
    await ben.page.goto(`${desk.url}/console/signed-in?code=stolen&state=elsewhere`)
    await ben.page.getByText('This sign-in was begun elsewhere or is already over.').waitFor()
    await ben.context.close()
  })
})

test('H2: Mia claims what waits, replies and hands back, the AI goes on, and all of it is seen live', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1002')
  const mia = await visitConsole(browser, desk, 'agent_mia')
  const { page } = mia
  await page.getByRole('link', { name: /Ben Ortiz/ }).click()
  await page.getByText('It waits for a person').waitFor()
  await page.getByRole('button', { name: 'Claim' }).first().click()
  await page.getByText('You have the floor').waitFor()
  await page
    .getByRole('textbox', { name: 'Reply to Ben Ortiz' })
    .fill('Hi Ben, Mia here. Two people collect it on Friday.')
  await page.getByRole('button', { name: 'Send' }).click()
  const log = page.getByRole('log')
  await log.getByText('Hi Ben, Mia here. Two people collect it on Friday.').waitFor()
  await page.getByRole('button', { name: 'Hand back' }).click()
  await page.getByLabel(/What should the AI know/).fill('Pick-up is agreed.')
  await page.getByRole('button', { name: 'Hand back to the AI' }).click()
  await page.getByText('The AI has the floor').waitFor()
  const ben = await desk.as('customer', 'cust_1002')
  const asked = await ben.send(conversation, 'What is the return policy?')
  const { reply } = await ben.settled(conversation, asked)
  await log.getByText('What is the return policy?').waitFor()
  await log.getByText('Assistant').last().waitFor()
  expect(reply?.role).toBe('ai')
  expect(await mia.axe()).toEqual([])
  expect(mia.complaints).toEqual([])
  await mia.context.close()
})

test('H2: two claim at once; one wins, the other reads who, in place', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1001')
  const path = conversationPath(conversation)
  const [mia, noah] = await Promise.all([
    visitConsole(browser, desk, 'agent_mia', { path }),
    visitConsole(browser, desk, 'agent_noah', { path }),
  ])
  const pages = [mia.page, noah.page]
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Claim' }).first().waitFor()))
  await Promise.all(pages.map((page) => page.keyboard.press('c')))
  const claimed = await Promise.all(
    pages.map(async (page) => {
      const won = page.getByText('You have the floor')
      const lost = page.getByText(/(Mia|Noah) claimed it/)
      await won.or(lost).first().waitFor()
      return (await won.count()) > 0 ? 'won' : 'lost'
    }),
  )
  expect(claimed.sort()).toEqual(['lost', 'won'])
  await Promise.all([mia, noah].map(({ context }) => context.close()))
})

test('P5: a takeover in the middle of a reply; nothing of the AI follows it', async () => {
  await desk.sandbox.model({ tokens_per_second: 6 })
  const ada = await desk.as('customer', 'cust_1001')
  const { conversation } = await ada.start('How do returns work, and what does shipping cost?')
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  const { page } = mia
  await page.getByText('AI, writing').waitFor()
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('I take this one, Ada.')
  await page.getByRole('button', { name: 'Take over and send' }).click()
  await page.getByRole('log').getByText('I take this one, Ada.').waitFor()
  await page.getByText('AI, writing').waitFor({ state: 'detached' })
  await desk.sandbox.model({ tokens_per_second: 0 })
  const said = await ada.transcript(conversation)
  expect(said.filter(({ role }) => role === 'ai' || role === 'human').map(({ role }) => role)).toEqual(['human'])
  await mia.context.close()
})

test('H5: from the queue to the hand-back without a mouse', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1004', 'I smell gas near my charger')
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: '/console/all' })
  const { page } = mia
  const { keyboard } = page
  await keyboard.press('1')
  await page.getByRole('link', { name: /Dev Rao/ }).waitFor()
  await keyboard.press('/')
  await keyboard.type('Dev Rao')
  await expect.poll(() => page.getByRole('link', { name: /Dev Rao/ }).count()).toBe(1)
  await expect.poll(() => page.locator('.rows li').count()).toBe(1)
  await page.locator('.rows').waitFor()
  await keyboard.press('Tab')
  await keyboard.press('j')
  await keyboard.press('Enter')
  await page.getByText('It waits for a person').waitFor()
  await keyboard.press('c')
  await page.getByText('You have the floor').waitFor()
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as Doc).document.activeElement?.id)).toBe('reply')
  await keyboard.type('Switch it off, Dev.')
  await keyboard.press('Control+Enter')
  await page.getByRole('log').getByText('Switch it off, Dev.').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('n')
  await keyboard.type('Second charger of this kind.')
  await keyboard.press('Control+Enter')
  await page.getByRole('log').getByText('Second charger of this kind.').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('h')
  await keyboard.type('He has switched it off.')
  await keyboard.press('Control+Enter')
  await page.getByText('The AI has the floor').waitFor()
  const { body } = await (await desk.as('agent', 'agent_mia')).call<{ controlled_by: string }>(
    'GET',
    `/v1/conversations/${conversation}`,
  )
  expect(body.controlled_by).toBe('ai')
  await keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' })
  await mia.context.close()
})

test('H5: hostile text in every field stays text', async () => {
  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=2</script>{{7*7}} \u202Egnp.exe [returns](javascript:alert(1))'
  const conversation = await waitsForPerson(desk, 'cust_1003', `I want a person. ${hostile}`)
  const mia = await visitConsole(browser, desk, 'agent_mia', { path: conversationPath(conversation) })
  const { page } = mia
  await page.getByRole('log').getByText(hostile).first().waitFor()
  await page.keyboard.press('c')
  await page.getByText('You have the floor').waitFor()
  await page.getByRole('textbox', { name: /^Reply to/ }).fill(`Reply ${hostile}`)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('log').getByText(`Reply ${hostile}`).waitFor()
  await page.getByRole('button', { name: 'Internal note' }).click()
  await page.getByRole('textbox', { name: 'Internal note' }).fill(`Note ${hostile}`)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('log').getByText(`Note ${hostile}`).waitFor()
  expect(await page.locator('main img, main script, main a[href^="javascript"]').count()).toBe(0)
  expect(await page.title()).toMatch(/Chloe Diaz · everdesk$/)
  expect(await mia.axe()).toEqual([])
  expect(mia.complaints).toEqual([])
  await mia.context.close()
})

test('H5: on a phone and in the dark one pane at a time, and axe finds nothing serious', async () => {
  const conversation = await waitsForPerson(desk, 'cust_1005')
  const options = { width: 390, height: 844, theme: 'dark', path: conversationPath(conversation) } as const
  const mia = await visitConsole(browser, desk, 'agent_mia', options)
  const { page } = mia
  await page.getByRole('log').waitFor()
  expect(await page.getByRole('region', { name: 'Queue' }).isVisible()).toBe(false)
  expect(await mia.axe()).toEqual([])
  await page.getByRole('button', { name: 'Customer', exact: true }).click()
  await page.getByRole('heading', { name: 'How it was answered' }).waitFor()
  expect(await mia.axe()).toEqual([])
  await page.getByRole('button', { name: 'Queue' }).click()
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  expect(content).toBe(window)
  expect(mia.complaints).toEqual([])
  await mia.context.close()
})

type Doc = { document: { activeElement: { id: string } | null } }
