// What a customer does in the chat, on its page or in the widget: locators pierce the shadow root by themselves.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { DeskBrowser, Person, PersonOptions } from './browser.ts'
import type { WebStack } from './stack.ts'

const PATIENCE = 60_000

export const field = (page: Page) => page.getByRole('textbox', { name: 'Your message' })

/** Types and sends. */
export async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** Texts of the transcript in order, one line each: `you: ...`, `ai: ...`, `person: ...`, `-- ...`. */
export async function transcript(page: Page): Promise<string[]> {
  return page.locator('.chat-log > ol > li:not(.running)').evaluateAll((items) =>
    items.map((item) => {
      const words = item.querySelector('.bub, .talk')?.textContent ?? item.textContent ?? ''
      if (item.matches('.turn-c')) return `${item.querySelector('.unsent') ? 'unsent' : 'you'}: ${words}`
      if (item.matches('.turn-d')) return `${item.matches('.person') ? 'person' : 'ai'}: ${words}`
      return `-- ${words}`
    }),
  )
}

/** Waits until so many replies of the AI stand there, beside its greeting. */
export async function replies(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator('.rate').count(), { timeout: PATIENCE }).toBe(count)
}

/** The conversation the browser keeps for whoever it is, once the desk has it. */
export async function keptConversation(page: Page): Promise<string> {
  let conversation: string | undefined
  const look = async () => {
    const kept = JSON.parse(await page.evaluate<string>('JSON.stringify(localStorage)')) as Record<string, string>
    const [, thread = '{}'] = Object.entries(kept).find(([name]) => name.startsWith('everdesk.thread.')) ?? []
    conversation = (JSON.parse(thread) as { conversation?: string }).conversation
    return conversation
  }
  await expect.poll(look, { timeout: PATIENCE }).toMatch(/^conv_/)
  return conversation ?? ''
}

/** Opens the chat's page and signs in by the issuer's own. */
export async function visitChat(
  browser: DeskBrowser,
  desk: WebStack,
  sub: string,
  options: PersonOptions = {},
): Promise<Person> {
  const person = await browser.person(options)
  await person.page.goto(`${desk.url}/chat`)
  await person.page.getByRole('button', { name: 'Sign in' }).click()
  await person.choose(sub)
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  return person
}
