import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { connectModels } from '../../../src/adapters/providers/connect-models.ts'
import { providers } from '../../../src/adapters/providers/index.ts'
import type { ModelRequest } from '../../../src/ports/llm.ts'
import { caught } from '../../support/caught.ts'
import type { Answer, Loopback } from '../../support/loopback.ts'
import { json, startLoopback } from '../../support/loopback.ts'

const open: Loopback[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
async function serve(answer: Answer): Promise<Loopback> {
  const server = await startLoopback(answer)
  open.push(server)
  return server
}

const QUESTION: ModelRequest = { model: 'small', messages: [{ role: 'user', content: 'Hi' }], timeout: 2000 }
const ask = (server: Loopback, more: Partial<ModelRequest> = {}): Promise<unknown> =>
  connectModels(providers, [
    {
      name: 'small',
      provider: 'openai',
      providerModel: 'vendor/small',
      baseUrl: `${server.url}/v1`,
      apiKey: 'key-1',
      temperature: true,
    },
  ]).complete({
    ...QUESTION,
    ...more,
  })
const failure = (type: string, retryAfter?: number) => ({
  type: `ModelError.${type}`,
  dependency: 'model:small',
  ambiguous: false,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})
const completion = (
  message: object,
  finish: string | null = 'stop',
  usage: object | null = { prompt_tokens: 7, completion_tokens: 3 },
) => ({
  id: 'x',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  usage,
})
const streamed = (response: ServerResponse, chunks: unknown[], end = 'data: [DONE]\n\n'): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const chunk of chunks) response.write(`data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`)
  response.end(end)
}
const delta = (part: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta: part, finish_reason: finish }],
})
const USAGE = { choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } }
const TOOL = { name: 'order_status', description: 'Status', parameters: { type: 'object', properties: {} } }
const whole = (text: string, toolCalls: unknown[] = []) => ({
  text,
  toolCalls,
  model: 'small',
  inputTokens: 7,
  outputTokens: 3,
})

describe('a whole answer', () => {
  test('comes from one request in the words of the protocol', async () => {
    const server = await serve((_, response) => json(response, 200, completion({ content: 'Hello' })))
    const request: Partial<ModelRequest> = {
      temperature: 0,
      maxOutputTokens: 50,
      tools: [TOOL],
      messages: [
        { role: 'system', content: 'Be kind' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', tool: 'order_status', input: { order: '1' } }] },
        { role: 'tool', callId: 'c1', content: '{}' },
      ],
      answerSchema: {
        name: 'route',
        schema: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
      },
    }
    expect(await caught(ask(server, request))).toEqual(failure('Malformed'))
    expect(server.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v1/chat/completions', 'Bearer key-1'],
    ])
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      model: 'vendor/small',
      stream: false,
      temperature: 0,
      max_completion_tokens: 50,
      tools: [{ type: 'function', function: TOOL }],
      parallel_tool_calls: true,
      response_format: { type: 'json_schema', json_schema: { ...request.answerSchema, strict: true } },
      messages: [
        { role: 'system', content: 'Be kind' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'order_status', arguments: '{"order":"1"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '{}' },
      ],
    })
  })

  test('carries text, usage and our own name of the model, and its length is always capped', async () => {
    const server = await serve((_, response) => json(response, 200, completion({ content: 'Hello' })))
    expect(await ask(server)).toEqual(whole('Hello'))
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ max_completion_tokens: 2048 })
  })

  test('carries parallel tool calls, with a problem where the arguments are broken', async () => {
    const call = (id: string, args: unknown) => ({
      id,
      type: 'function',
      function: { name: 'order_status', arguments: args },
    })
    const message = {
      content: null,
      tool_calls: [call('a', '{"order":"1"}'), call('b', '{"order'), call('c', { order: '2' })],
    }
    const server = await serve((_, response) => json(response, 200, completion(message, 'tool_calls')))
    expect(await ask(server, { tools: [TOOL] })).toEqual(
      whole('', [
        { id: 'a', tool: 'order_status', input: { order: '1' } },
        { id: 'b', tool: 'order_status', input: {}, problem: 'The arguments are not valid JSON.' },
        { id: 'c', tool: 'order_status', input: { order: '2' } },
      ]),
    )
  })

  test('without usage is estimated, so that budgets still see it', async () => {
    const server = await serve((_, response) =>
      json(response, 200, completion({ content: 'Hello there' }, 'stop', null)),
    )
    expect(await ask(server)).toMatchObject({ inputTokens: 10, outputTokens: 4 })
  })
})

describe('a streamed answer', () => {
  const stream = async (chunks: unknown[], end?: string) => {
    const pieces: string[] = []
    const server = await serve((_, response) => streamed(response, chunks, end))
    const outcome = await ask(server, { onDelta: (text) => pieces.push(text) }).catch((error: unknown) =>
      caught(Promise.reject(error)),
    )
    return { pieces, outcome, body: JSON.parse(server.requests[0]?.body ?? '') as unknown }
  }

  test('hands on each piece and ends with the whole', async () => {
    const { pieces, outcome, body } = await stream([
      delta({ role: 'assistant', content: '' }),
      delta({ content: 'Hel' }),
      delta({ content: 'lo' }),
      delta({}, 'stop'),
      USAGE,
    ])
    expect({ pieces, outcome }).toEqual({ pieces: ['Hel', 'lo'], outcome: whole('Hello') })
    expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
  })

  test('puts tool calls together from their pieces', async () => {
    const piece = (index: number, id: string | undefined, name: string | undefined, args: string) =>
      delta({
        tool_calls: [{ index, ...(id ? { id } : {}), function: { ...(name ? { name } : {}), arguments: args } }],
      })
    const { outcome } = await stream([
      piece(1, 'b', 'list_orders', ''),
      piece(0, 'a', 'order_status', '{"ord'),
      piece(0, undefined, undefined, 'er":"1"}'),
      delta({}, 'tool_calls'),
      USAGE,
    ])
    expect(outcome).toEqual(
      whole('', [
        { id: 'a', tool: 'order_status', input: { order: '1' } },
        { id: 'b', tool: 'list_orders', input: {} },
      ]),
    )
  })

  test.each([
    ['without a finish reason', [delta({ content: 'Hel' }), USAGE], 'Malformed'],
    ['cut off before its end', [delta({ content: 'Hel' })], 'Malformed'],
    ['with a broken piece', [delta({ content: 'Hel' }), '{"choices":[{'], 'Malformed'],
    ['with nothing in it', [], 'Malformed'],
    ['that says it is overloaded', [{ error: { message: 'overloaded', type: 'server_error' } }], 'Unavailable'],
    [
      'that says it is limited',
      [{ error: { message: 'slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' } }],
      'RateLimited',
    ],
    ['that was filtered', [delta({ content: 'H' }), delta({}, 'content_filter')], 'Refused'],
  ])('%s is a failure', async (_, chunks, type) => {
    expect((await stream(chunks, '')).outcome).toEqual(failure(type))
  })

  test('whose connection breaks is a failure', async () => {
    const server = await serve((_, response, raw) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(delta({ content: 'Hel' }))}\n\n`)
      setTimeout(() => raw.socket.destroy(), 30)
    })
    expect(await caught(ask(server, { onDelta: () => undefined }))).toEqual(failure('Unavailable'))
  })
})

describe('a failure', () => {
  test.each([
    [429, { 'retry-after': '2' }, failure('RateLimited', 2000)],
    [500, {}, failure('Unavailable')],
    [503, { 'retry-after': '1' }, failure('Unavailable', 1000)],
    [400, {}, failure('Refused')],
    [401, {}, failure('Refused')],
    [403, {}, failure('Refused')],
    [404, {}, failure('Refused')],
  ])('with status %i has its one meaning and is not repeated', async (status, headers, expected) => {
    const server = await serve((_, response) =>
      json(response, status, { error: { message: 'secret prompt' } }, headers),
    )
    expect(await caught(ask(server))).toEqual(expected)
    expect(server.requests).toHaveLength(1)
    await expect(ask(server)).rejects.not.toThrow('secret')
  })

  test.each([
    ['is not JSON', '<html>', 'application/json'],
    ['is some page', '<html>', 'text/html'],
    ['is cut', '{"choices":[', 'application/json'],
    ['has no choices', '{}', 'application/json'],
    ['has an empty list', '{"choices":[]}', 'application/json'],
    ['is null', 'null', 'application/json'],
    ['is empty text', JSON.stringify(completion({ content: '  ' })), 'application/json'],
    ['has no finish reason', JSON.stringify(completion({ content: 'x' }, null)), 'application/json'],
  ])('is a body that %s', async (_, body, type) => {
    const server = await serve((_request, response) => response.writeHead(200, { 'content-type': type }).end(body))
    expect(await caught(ask(server))).toEqual(failure('Malformed'))
  })

  test('to connect is told from a silence', async () => {
    const server = await startLoopback(() => undefined)
    expect(await caught(ask(server, { timeout: 100 }))).toEqual(failure('Timeout'))
    expect(await caught(ask(server, { timeout: 100, onDelta: () => undefined }))).toEqual(failure('Timeout'))
    await server.close()
    expect(await caught(ask(server))).toEqual(failure('Unavailable'))
  })

  test('in the middle of a stream that goes silent is a timeout', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(delta({ content: 'Hel' }))}\n\n`)
    })
    expect(await caught(ask(server, { timeout: 150, onDelta: () => undefined }))).toEqual(failure('Timeout'))
  })

  test('by the caller’s wish is the caller’s own reason, and the connection ends', async () => {
    const closed = Promise.withResolvers<void>()
    const server = await serve((_, response, raw) => {
      raw.socket.once('close', () => closed.resolve())
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(delta({ content: 'Hel' }))}\n\n`)
    })
    const reason = new Error('taken over')
    const controller = new AbortController()
    const asking = caught(ask(server, { signal: controller.signal, onDelta: () => controller.abort(reason) }))
    expect(await asking).toBe(reason)
    await closed.promise
    expect(await caught(ask(server, { signal: controller.signal }))).toBe(reason)
  })

  test('is a model that is not in the list', async () => {
    const server = await serve((_, response) => json(response, 200, {}))
    expect(await caught(ask(server, { model: 'constructor' }))).toEqual({
      ...failure('Refused'),
      dependency: 'model:constructor',
    })
  })
})
