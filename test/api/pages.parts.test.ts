// The web pages as the API serves them: built files under a policy that lets nothing foreign in [H5 L1].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../support/api.ts'
import { databaseKinds } from '../support/databases.ts'

let it: TestApi
beforeAll(async () => {
  it = await startTestApi(databaseKinds()[0] ?? 'pglite')
})
afterAll(() => it.stop())

const page = (path: string) => fetch(`${it.url}${path}`)

test.each(['/', '/chat', '/console', '/console/conversations/conv_1'])(
  '%s is a page of ours, without a sign-in',
  async (path) => {
    const response = await page(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*/)
    const html = await response.text()
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)|<style|\sstyle=|\son\w+=/)
    for (const [, asset] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const built = await page(asset ?? '')
      expect([built.status, built.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    }
  },
)

test('the widget is one script that any page may load', async () => {
  const response = await page('/widget.js')
  expect([response.status, response.headers.get('cross-origin-resource-policy')]).toEqual([200, 'cross-origin'])
  expect(response.headers.get('content-type')).toMatch(/javascript/)
})

test('the pages learn the issuer and their clients from config.json', async () => {
  expect(await (await page('/web/config.json')).json()).toMatchObject({
    issuer: expect.stringMatching(/\/oidc$/),
    console_client_id: 'everdesk-console',
    chat_client_id: 'everdesk-chat',
    audience: 'everdesk',
  })
})

test('a path outside the built files is not found', async () => {
  expect((await page('/assets/../../package.json')).status).toBe(404)
  expect((await page('/assets/%2e%2e/%2e%2e/package.json')).status).toBe(404)
  expect((await page('/nowhere')).status).toBe(404)
})
