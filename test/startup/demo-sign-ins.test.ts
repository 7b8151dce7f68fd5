import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoToken } from '../../src/startup/demo-sign-ins.ts'

const asked: string[] = []
const issuer = createServer((request, response) => {
  let form = ''
  request.on('data', (chunk: Buffer) => {
    form += chunk.toString()
  })
  request.on('end', () => {
    asked.push(`${request.method} ${request.url} ${form}`)
    const known = form.includes('cust_1001')
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(known ? { access_token: 'a.b.c' } : { error: 'x', error_description: 'no such customer' }),
    )
  })
})
let url: string
beforeAll(async () => {
  issuer.listen(0, '127.0.0.1')
  await once(issuer, 'listening')
  const address = issuer.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/oidc`
})
afterAll(() => void issuer.close())

test('a token is asked for with the demo grant', async () => {
  expect(await demoToken(url, { role: 'customer', sub: 'cust_1001' })).toBe('a.b.c')
  expect(asked).toEqual([
    'POST /oidc/token grant_type=urn%3Aeverdesk%3Ademo&client_id=everdesk-demo&role=customer&sub=cust_1001',
  ])
})

test('a refusal says why, and an issuer that does not answer what to do', async () => {
  await expect(demoToken(url, { role: 'customer', sub: 'cust_9' })).rejects.toThrow(
    `The issuer ${url} gives no token for customer cust_9: no such customer`,
  )
  await expect(demoToken('http://127.0.0.1:9/oidc', { role: 'agent', sub: 'a' })).rejects.toThrow(
    "The sandbox's issuer does not answer at http://127.0.0.1:9/oidc. Run `npm start` (or `npm run sandbox`) first.",
  )
})
