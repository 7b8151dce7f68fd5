// Somebody of the desk at the console, for tests of it.
import type { DeskBrowser, Person, PersonOptions } from './browser.ts'
import type { WebStack } from './stack.ts'

/** Signs in by the issuer's own page, and waits until the queue is live. */
export async function visitConsole(
  browser: DeskBrowser,
  desk: WebStack,
  sub: string,
  options: PersonOptions & { path?: string } = {},
): Promise<Person> {
  const person = await browser.person(options)
  await person.page.goto(`${desk.url}${options.path ?? '/console/waiting'}`)
  await person.choose(sub)
  await person.page.getByRole('banner').getByText('Live').waitFor()
  return person
}

/** A customer asks for a person; resolves once the conversation waits for one. */
export async function waitsForPerson(
  desk: WebStack,
  customer: string,
  text = 'I want to talk to a person about order 22345',
): Promise<string> {
  const somebody = await desk.as('customer', customer)
  const { conversation, message } = await somebody.start(text)
  await somebody.settled(conversation, message)
  return conversation
}

/** The conversation's page, by its address. */
export const conversationPath = (id: string): string => `/console/conversations/${id}?view=waiting`
