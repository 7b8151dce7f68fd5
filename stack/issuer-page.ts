// The sign-in page of the sandbox's issuer, as a person uses it: choose who you are.
import type { Page } from 'playwright-core'

/** Waits for the issuer's page and chooses the person; resolves when the browser is back at the page that asked. */
export async function chooseAtIssuer(page: Page, sub: string): Promise<void> {
  await page.waitForURL(/\/oidc\/interaction\//)
  const listed = page.getByRole('button').filter({ hasText: `(${sub})` })
  if ((await listed.count()) > 0) await listed.click()
  else {
    await page.getByPlaceholder('cust_1005').fill(sub)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/oidc/'))
}
