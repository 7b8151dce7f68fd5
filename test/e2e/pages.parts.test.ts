// Every page opens in a real browser under its own policy, and a person can sign in at the issuer [H5 L1].
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test.each(['/', '/chat'])('%s opens without a complaint, and axe finds nothing serious', async (path) => {
  const visitor = await browser.person()
  const response = await visitor.page.goto(`${desk.url}${path}`)
  await visitor.page.locator('h1').first().waitFor()
  expect(response?.status()).toBe(200)
  expect(await visitor.axe()).toEqual([])
  expect(visitor.complaints).toEqual([])
  await visitor.context.close()
})

test.each(['agent_mia', 'supervisor_sara', 'cust_1002', 'cust_1005'])(
  "%s signs in at the issuer's own page and comes back with a code",
  async (sub) => {
    const person = await browser.person()
    const request = new URLSearchParams({
      client_id: 'everdesk-console',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: `${desk.url}/console/signed-in`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      state: 'here',
    })
    await person.page.goto(`${desk.issuer}/auth?${request.toString()}`)
    await person.choose(sub)
    expect(person.page.url()).toMatch(/\/console\/signed-in\?code=[\w-]+&state=here/)
    await person.context.close()
  },
)
