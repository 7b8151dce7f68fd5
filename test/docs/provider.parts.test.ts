import { afterAll, expect, test } from 'vitest'
import { json, type Loopback, startLoopback } from '../support/loopback.ts'
import { type ScratchCopy, scratchCopy } from './scratch-copy.ts'

let copy: ScratchCopy | undefined
let server: Loopback | undefined
afterAll(async () => {
  await server?.close()
  await copy?.remove()
})

test('a provider is one new file and one line; its models answer, call tools and fail like any other', async () => {
  const answers = [
    {
      content: [
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 't1', name: 'find', input: { order: '1' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 7, output_tokens: 3 },
    },
    { content: [{ type: 'text', text: 'Hel' }], stop_reason: null },
    { content: null },
  ]
  server = await startLoopback((_, response) => {
    const answer = answers.shift()
    json(response, answer ? 200 : 529, answer ?? {}, { 'retry-after': '2' })
  })
  copy = await scratchCopy()
  expect(await copy.follow('docs/how-to/provider.md')).toEqual({
    written: ['src/adapters/providers/anthropic.ts'],
    changed: ['src/adapters/providers/index.ts'],
  })
  await copy.checkTypes('src/adapters/providers/index.ts')
  const seen = await copy.run(`
    import { connectModels } from './src/adapters/providers/connect-models.ts'
    import { providers } from './src/adapters/providers/index.ts'
    import { readModels } from './src/llm/models.ts'
    const entry = { name: 'm', role: 'small', provider: 'anthropic', baseUrl: '${server.url}/v1', apiKey: 'k', price: { input: 1, output: 1 } }
    const { models } = readModels({ modelsFile: JSON.stringify([entry]), sandboxUrl: '', providers: providers.map(({ name }) => name) })
    const model = connectModels(providers, models)
    const pieces: string[] = []
    const ask = () => model.complete({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be kind' },
        { role: 'user', content: 'Where is 1?' },
        { role: 'assistant', content: '', toolCalls: [{ id: 't0', tool: 'find', input: {} }] },
        { role: 'tool', callId: 't0', content: '{}' },
      ],
      tools: [{ name: 'find', description: 'Finds', parameters: { type: 'object' } }],
      timeout: 5000,
      onDelta: (text) => pieces.push(text),
    }).catch(({ type, retryAfter }) => ({ type, retryAfter }))
    console.log(JSON.stringify({ answers: [await ask(), await ask(), await ask(), await ask()], pieces }))`)
  expect(seen).toEqual({
    answers: [
      {
        text: 'Looking.',
        toolCalls: [{ id: 't1', tool: 'find', input: { order: '1' } }],
        model: 'm',
        inputTokens: 7,
        outputTokens: 3,
      },
      { type: 'ModelError.Malformed' },
      { type: 'ModelError.Malformed' },
      { type: 'ModelError.Unavailable', retryAfter: 2000 },
    ],
    pieces: ['Looking.', 'Hel'],
  })
  expect(server.requests.map(({ path, headers }) => [path, headers['x-api-key']])[0]).toEqual(['/v1/messages', 'k'])
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    model: 'm',
    max_tokens: 2048,
    system: 'Be kind',
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Where is 1?' }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't0', name: 'find', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't0', content: '{}' }] },
    ],
    tools: [{ name: 'find', description: 'Finds', input_schema: { type: 'object' } }],
  })
})
