// The console at an issuer that is not the sandbox's: found by discovery alone, signed in by code and PKCE, gone on with by refresh
// tokens, and signed in again, with the draft kept, once they are void [T1].
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, type DeskBrowser, type Person } from './browser.ts'
import { conversationPath } from './console-visit.ts'
import { openOtherIssuer, type OtherIssuer } from './other-issuer.ts'
import { startDeskStack, type DeskStack } from './stack.ts'

/** An access token lives so long in seconds where a test waits for its end. */
const SHORT = 15
const PATIENCE = { timeout: 60_000 }
const OVER = 'Your sign-in has ended. What you typed stays.'

let issuer: OtherIssuer
let desk: DeskStack
let browser: DeskBrowser
const here: Person[] = []
beforeAll(async () => {
  issuer = await openOtherIssuer()
  const { issuer: name } = issuer
  const options = { issuer: name, scope: 'openid profile offline_access' }
  ;[desk, browser] = await Promise.all([startDeskStack(options), openBrowser()])
  issuer.register(`${desk.url}/console/signed-in`)
})
afterEach(async () => {
  for (const { context } of here.splice(0)) await context.close()
})
afterAll(async () => {
  await browser.close()
  await desk.close()
  await issuer.close()
})

/** A conversation that waits for a person. */
async function waits(customer: string): Promise<string> {
  const { conversationId } = await desk.everdesk.start('I want to talk to a person', customer)
  await desk.everdesk.settled(conversationId)
  return conversationPath(conversationId)
}

async function visit(path: string): Promise<Person> {
  const person = await browser.person()
  here.push(person)
  await person.page.goto(`${desk.url}${path}`)
  await goesOn(person)
  return person
}

/** At the issuer's page; resolves once the queue is live. */
async function goesOn({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: 'Go on as Noor' }).click()
  await page.getByRole('banner').getByText('Live').waitFor()
}

type Kept = { accessToken: string; refreshToken?: string }
const STORED = "sessionStorage.getItem('everdesk.tokens.everdesk-console')"
const kept = async ({ page }: Person): Promise<Kept> => JSON.parse(await page.evaluate<string>(STORED)) as Kept
/** As if the access token had ended by the page's clock. */
const endToken = ({ page }: Person) =>
  page.evaluate(
    `sessionStorage.setItem('everdesk.tokens.everdesk-console', JSON.stringify({ ...JSON.parse(${STORED}), expiresAt: 0 }))`,
  )
const reply = ({ page }: Person) => page.getByRole('textbox', { name: /^Reply to/ })

async function answers(person: Person, words: string): Promise<void> {
  await reply(person).fill(words)
  await person.page.getByRole('button', { name: 'Claim and send' }).click()
  await person.page.getByRole('log').getByText(words).waitFor()
}

/** True once the API refuses the token. */
const refused = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${desk.url}/v1/queue?view=all`, { headers })).status === 401
}

test('it is as strict as it should be: no code without a challenge, no token without its proof', async () => {
  const ask = async (more: Record<string, string>) => {
    const redirect_uri = `${desk.url}/console/signed-in`
    const query = { response_type: 'code', client_id: 'everdesk-console', redirect_uri, scope: 'openid', ...more }
    return fetch(`${issuer.authorizationEndpoint}?${new URLSearchParams(query).toString()}`, { redirect: 'manual' })
  }
  const challenge = 'c'.repeat(43)
  expect((await ask({})).headers.get('location')).toContain('error=invalid_request')
  const plain = await ask({ code_challenge: challenge, code_challenge_method: 'plain' })
  expect(plain.headers.get('location')).toContain('error=invalid_request')
  const page = await ask({ code_challenge: challenge, code_challenge_method: 'S256' })
  const login = /<a href="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const { headers } = await fetch(new URL(login, issuer.issuer), { redirect: 'manual' })
  const form = {
    grant_type: 'authorization_code',
    client_id: 'everdesk-console',
    redirect_uri: `${desk.url}/console/signed-in`,
    code: new URL(headers.get('location') ?? '').searchParams.get('code') ?? '',
    code_verifier: 'guessed',
  }
  const answer = await fetch(issuer.tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) })
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_grant' }])
})

test.each([
  ['is told', true],
  ['only the API knows of', false],
])(
  'T1: an access token whose end the page %s: a refresh token brings the next, and nobody signs in again',
  async (_how, told) => {
    Object.assign(issuer.rules, { life: SHORT, told })
    const path = await waits(told ? 'cust_1001' : 'cust_1002')
    const noor = await visit(path)
    expect(noor.page.url()).toBe(`${desk.url}${path}`)
    await noor.page.getByRole('banner').getByText('Noor, agent').waitFor()
    const before = { ...issuer.counts }
    const { accessToken } = await kept(noor)
    await expect.poll(() => refused(accessToken), PATIENCE).toBe(true)
    await answers(noor, 'Noor here, how can I help?')
    expect((await kept(noor)).accessToken).not.toBe(accessToken)
    // Over at a reload, too.
    await endToken(noor)
    await noor.page.reload()
    await noor.page.getByRole('banner').getByText('Live').waitFor()
    await noor.page.getByRole('log').getByText('Noor here, how can I help?').waitFor()
    expect(await noor.page.getByText(OVER).count()).toBe(0)
    expect(issuer.counts).toMatchObject({ signIns: before.signIns, refused: before.refused })
    expect(issuer.counts.refreshes).toBeGreaterThan(before.refreshes)
    expect(noor.complaints.filter((line) => !line.includes('401'))).toEqual([])
  },
)

test('T1: a refresh token that somebody else has used ends the sign-in; the page stays, and so does the draft', async () => {
  Object.assign(issuer.rules, { life: 3600, told: true })
  const path = await waits('cust_1004')
  const noor = await visit(path)
  const { page } = noor
  await page.getByText('It waits for a person').waitFor()
  await reply(noor).fill('Half a sentence')
  const { refreshToken = '' } = await kept(noor)
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'everdesk-console' }
  const theft = await fetch(issuer.tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) })
  expect(theft.status).toBe(200)
  const before = { ...issuer.counts }
  await endToken(noor)
  await page.getByRole('button', { name: 'Claim', exact: true }).first().click()
  await page.getByRole('alert').getByText(OVER).waitFor()
  expect(await reply(noor).inputValue()).toBe('Half a sentence')
  expect(await noor.axe()).toEqual([])
  // What was refused is not asked with again.
  await page.getByRole('button', { name: 'Claim', exact: true }).first().click()
  await page.getByRole('alert').getByText('unauthenticated').waitFor()
  expect(issuer.counts).toEqual({ ...before, refused: before.refused + 1 })

  await page.getByRole('button', { name: 'Sign in again' }).click()
  await goesOn(noor)
  expect(page.url()).toBe(`${desk.url}${path}`)
  expect(await page.getByText(OVER).count()).toBe(0)
  expect(await reply(noor).inputValue()).toBe('Half a sentence')
  await answers(noor, 'Half a sentence, and the other half.')
})
