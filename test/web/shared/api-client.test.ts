// The client of the API: a command is sent again only with the same key, and waits as long as it is told.
import { expect, test } from 'vitest'
import { createApiClient } from '../../../web/shared/api-client.ts'

type Sent = { path: string; key: string | null; authorization: string | null }

function clientWith(answers: (Response | Error)[], refused = async () => false) {
  const sent: Sent[] = []
  const pauses: number[] = []
  const client = createApiClient({
    token: async () => 'one',
    refused,
    fetch: async (path, init) => {
      const headers = new Headers(init?.headers)
      sent.push({
        path,
        key: headers.get('Idempotency-Key'),
        authorization: headers.get('Authorization'),
      })
      const answer = answers.shift()
      if (!answer) throw new Error('the script ran out')
      if (answer instanceof Error) throw answer
      return answer
    },
    wait: async (milliseconds) => void pauses.push(milliseconds),
  })
  return { client, sent, pauses }
}
const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

test('a command whose answer was lost is sent again with its key, and answered once', async () => {
  const { client, sent } = clientWith([new TypeError('network'), json(200, { done: true })])
  expect(await client.post('/v1/handoffs/hof_1/claim')).toEqual({ done: true })
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  expect(sent).toHaveLength(2)
  expect(sent[0]?.key).toMatch(/^[\w-]{36}$/)
})

test('two commands have two keys', async () => {
  const { client, sent } = clientWith([json(200, {}), json(200, {})])
  await client.post('/v1/handoffs/hof_1/claim')
  await client.post('/v1/handoffs/hof_1/claim')
  expect(new Set(sent.map(({ key }) => key)).size).toBe(2)
})

test('429 is waited for as long as Retry-After says', async () => {
  const limited = json(429, { code: 'rate_limited' }, { 'Retry-After': '3' })
  const { client, pauses } = clientWith([limited, json(200, { data: [] })])
  expect(await client.get('/v1/queue', { view: 'mine', q: undefined })).toEqual({ data: [] })
  expect(pauses).toEqual([3000])
})

test('a wait that is too long is told, with the code of the problem', async () => {
  const { client, pauses } = clientWith([
    json(429, { code: 'rate_limited', detail: 'Later.' }, { 'Retry-After': '90' }),
  ])
  await expect(client.get('/v1/queue')).rejects.toMatchObject({ status: 429, code: 'rate_limited', message: 'Later.' })
  expect(pauses).toEqual([])
})

test('a refusal is not repeated, and carries what the API said', async () => {
  const { client, sent } = clientWith([json(409, { code: 'already_claimed', claimed_by: { id: 'a', name: 'Mia' } })])
  await expect(client.post('/v1/handoffs/hof_1/claim')).rejects.toMatchObject({
    code: 'already_claimed',
    body: { claimed_by: { id: 'a', name: 'Mia' } },
  })
  expect(sent).toHaveLength(1)
})

test('a refused token is renewed once, and the request repeated', async () => {
  let asked = 0
  const renewing = async () => {
    asked += 1
    return true
  }
  const { client } = clientWith([json(401, {}), json(401, { code: 'unauthenticated' })], renewing)
  await expect(client.get('/v1/queue')).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(asked).toBe(1)
})

test('an API that stays away is said to be unreachable', async () => {
  const { client, sent } = clientWith([1, 2, 3, 4].map(() => new TypeError('network')))
  await expect(client.get('/v1/queue')).rejects.toMatchObject({ code: 'unreachable', status: 0 })
  expect(sent).toHaveLength(4)
})
