// The two-person rule as two people and the customer see it, each at a browser of their own; and the end of a conversation, said
// in the console and read in the chat [H2 H3 C6].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser } from './browser.ts'
import { conversationPath, visitConsole } from './console-visit.ts'
import { keptConversation, say, transcript, visitChat } from './customer.ts'
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

/** Three browsers, each with a stream, on a machine that may be busy. */
const PATIENCE = { timeout: 240_000 }
type Asked = { id: string; digest: string; state: string; decisions: { decision: string }[] }

test(
  'H3: Mia approves and cannot decide again, nothing runs until Sara does, then it runs once and Ben reads it',
  PATIENCE,
  async () => {
    const ben = await visitChat(browser, desk, 'cust_1002')
    await say(ben.page, 'I want a refund for order 22345')
    await ben.page.getByText('Two colleagues check this first: a refund of $1,249.00').waitFor({ timeout: 90_000 })
    const conversation = await keptConversation(ben.page)
    const path = conversationPath(conversation)
    const mia = await visitConsole(browser, desk, 'agent_mia', { path })
    const sara = await visitConsole(browser, desk, 'supervisor_sara', { path })
    const approve = { name: 'Approve $1,249.00' }
    await sara.page.getByRole('button', approve).waitFor()
    await mia.page.getByRole('button', approve).click()
    await mia.page.getByText('It waits for one more person.').waitFor()
    // Hers is gone from her page, from its keys, and from the API.
    expect(await mia.page.getByRole('button', { name: /Approve|Edit|Refuse/ }).count()).toBe(0)
    await mia.page.keyboard.press('e')
    expect(await mia.page.getByRole('form', { name: 'Edit' }).count()).toBe(0)
    const asMia = await desk.as('agent', 'agent_mia')
    const { body } = await asMia.call<{ data: Asked[] }>('GET', '/v1/approvals?state=pending')
    const asked = body.data.find(({ state }) => state === 'pending')
    const decision = (decided: string) =>
      asMia.call<{ approval?: Asked; code?: string }>('POST', `/v1/approvals/${asked?.id}/decision`, {
        decision: decided,
        digest: asked?.digest,
        ...(decided === 'refuse' ? { reason: 'I changed my mind.' } : {}),
      })
    expect(await decision('refuse')).toMatchObject({ status: 409, body: { code: 'already_decided' } })
    const again = await decision('approve')
    expect([again.status, again.body.approval?.state, again.body.approval?.decisions.length]).toEqual([
      200,
      'pending',
      1,
    ])
    expect(await desk.sandbox.effects('RefundPayment')).toEqual([])

    // Sara reads who was first without a reload.
    const people = sara.page.getByRole('article', { name: 'Approval needed from two people' }).getByRole('listitem')
    await people.filter({ hasText: 'Mia' }).getByText('Approved').waitFor()
    await sara.page.getByRole('button', approve).click()
    for (const { page } of [mia, sara]) await page.getByRole('article', { name: 'Approved and done' }).waitFor()
    await ben.page.getByText('it is done: a refund of $1,249.00 for order 22345').waitFor()
    expect(await desk.sandbox.effects('RefundPayment')).toMatchObject([{ business_key: '22345', repeated: 0 }])
    expect(await desk.sandbox.effects('open_refund')).toHaveLength(1)
    expect((await transcript(ben.page)).filter((line) => line.includes('it is done'))).toHaveLength(1)
    expect([ben.complaints, mia.complaints, sara.complaints]).toEqual([[], [], []])
    for (const { context } of [ben, mia, sara]) await context.close()
  },
)

test(
  'C6: Mia closes it in the console: Ada reads that, may rate it, and her next word opens it again for both',
  PATIENCE,
  async () => {
    const ada = await visitChat(browser, desk, 'cust_1001')
    await ada.page.getByRole('button', { name: 'Talk to a person' }).click()
    await ada.page.getByText('A person answers here.', { exact: true }).waitFor()
    const path = conversationPath(await keptConversation(ada.page))
    const mia = await visitConsole(browser, desk, 'agent_mia', { path })
    await mia.page.getByRole('textbox', { name: 'Reply to Ada Park' }).fill('Hi Ada, it is on its way. Goodbye!')
    await mia.page.getByRole('button', { name: 'Claim and send' }).click()
    await ada.page.getByText('Hi Ada, it is on its way. Goodbye!').waitFor()
    await mia.page.keyboard.press('Escape')
    await mia.page.keyboard.press('.')
    await mia.page.getByRole('button', { name: 'Close conversation' }).click()
    await mia.page.getByText('It is closed. A message of the customer opens it again.').waitFor()

    // Ada has done nothing: her chat is live.
    await ada.page.getByText(/^Closed, .*Write again and it goes on with all of this\.$/).waitFor()
    await ada.page.getByText(/^An AI\./).waitFor()
    expect(await ada.page.getByRole('button', { name: 'End chat' }).count()).toBe(0)
    await ada.page.getByRole('radio', { name: '5 of 5' }).check()
    await ada.page.getByRole('button', { name: 'Send rating' }).click()
    await ada.page.getByText('Your rating has arrived').waitFor()
    expect(await ada.axe()).toEqual([])
    await mia.page.getByText('Rated 5 of 5').waitFor()

    await say(ada.page, 'What is the return policy?')
    await ada.page.getByText(/^Open again, /).waitFor()
    await mia.page.getByText('The AI has the floor', { exact: true }).waitFor()
    await expect.poll(async () => (await transcript(ada.page)).at(-1), { timeout: 60_000 }).toMatch(/^ai: /)
    expect([ada.complaints, mia.complaints]).toEqual([[], []])
    for (const { context } of [ada, mia]) await context.close()
  },
)
