// The floor: the same turn with nothing durable, in this one file. Three model calls and two reads over HTTP to the same sandbox,
// the same prompts, the same HTTP front; conversations live in a Map, and a crash loses them. What everdesk costs is told as a
// share of it. A process of its own: `node bench/floor.ts SANDBOX_URL` prints `floor: URL`.
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import express from 'express'
import { offeredTools } from '../src/activities/offered-tools.ts'
import { chatBody } from '../src/adapters/openai-request.ts'
import { desk } from '../src/desks/electronics-store/desk.ts'
import type { Order } from '../src/desks/electronics-store/systems/orders.ts'
import { viewOrder } from '../src/desks/electronics-store/tools/order-view.ts'
import type { Specialist } from '../src/desks/types.ts'
import type { JsonObject } from '../src/domain/json.ts'
import type { ModelRequest } from '../src/ports/llm.ts'
import { answerPrompt, type PromptStep } from '../src/prompting/answer-prompt.ts'
import { readRouterAnswer, routerPrompt, routerSchema } from '../src/prompting/router-prompt.ts'

type Said = { seq: number; role: 'customer' | 'ai'; turn: number; text: string }
type Completion = {
  choices: {
    message: { content: string | null; tool_calls?: { id: string; function: { name: string; arguments: string } }[] }
  }[]
  usage: { prompt_tokens: number; completion_tokens: number }
}
/** What a turn took of others: milliseconds spent waiting for model and back ends, tokens, calls, reads. */
export type Spent = { outside_ms: number; tokens: number; model_calls: number; reads: number }

const ROUNDS = 5
const PATIENCE = 60_000
const MODEL = 'scripted-small'
const [sandbox = ''] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
const conversations = new Map<string, Said[]>()
const working = {
  desk,
  tools: new Map(desk.tools.map((tool) => [tool.name, tool])),
  specialists: new Map(),
  systems: null,
}
const toolsOf = new Map(desk.specialists.map((each: Specialist) => [each, offeredTools(working, each, [], false)]))
const known = {
  desk,
  locale: 'en',
  timeZone: 'UTC',
  summary: null,
  summaryThrough: 0,
  facts: [],
  guest: false,
  handBackNote: null,
  writing: null,
}

function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request(`${sandbox}${path}`, { method, agent, headers, timeout: PATIENCE }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.once('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as T)
        else reject(new Error(`${path}: ${response.statusCode ?? 0} ${text.slice(0, 200)}`))
      })
    })
    sent.once('timeout', () => sent.destroy(new Error(`${path}: no answer`)))
    sent.once('error', reject)
    sent.end(body && JSON.stringify(body))
  })
}

async function askModel(spent: Spent, wanted: Omit<ModelRequest, 'model' | 'timeout'>) {
  const body = chatBody({ ...wanted, model: MODEL, timeout: PATIENCE }, { model: MODEL, temperature: true })
  const began = performance.now()
  const { choices, usage } = await call<Completion>('POST', '/v1/chat/completions', { ...body, stream: false })
  spent.outside_ms += performance.now() - began
  spent.tokens += usage.prompt_tokens + usage.completion_tokens
  spent.model_calls += 1
  const message = choices[0]?.message
  return { text: message?.content ?? '', calls: message?.tool_calls ?? [] }
}

const orderOf = ({ order }: JsonObject): string => (typeof order === 'string' ? order : '')

async function read(spent: Spent, orders: string[]): Promise<string[]> {
  const began = performance.now()
  const found = await Promise.all(orders.map((order) => call<Order>('GET', `/orders/${order}`)))
  spent.outside_ms += performance.now() - began
  spent.reads += found.length
  return found.map((order) => JSON.stringify({ outcome: 'ok', result: viewOrder(order) }))
}

async function answer(said: Said[], turn: number, spent: Spent): Promise<string> {
  const question = { messages: routerPrompt(desk, said.slice(-6)), answerSchema: routerSchema(desk), temperature: 0 }
  const route = readRouterAnswer(desk, (await askModel(spent, question)).text)
  const specialist = desk.specialists.find(({ intent }) => intent === route?.intent) ?? null
  const tools = (specialist && toolsOf.get(specialist)) ?? []
  const steps: PromptStep[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const messages = answerPrompt({ ...known, specialist, messages: said, turn, steps, now: new Date().toISOString() })
    const { text, calls } = await askModel(spent, { messages, tools, maxOutputTokens: 2000 })
    if (calls.length === 0) return text
    const asked = calls.map((each) => ({
      id: each.id,
      tool: each.function.name,
      input: JSON.parse(each.function.arguments) as JsonObject,
    }))
    const results = await read(
      spent,
      asked.map(({ input }) => orderOf(input)),
    )
    steps.push({ kind: 'model', text, calls: asked })
    for (const [index, { id }] of asked.entries())
      steps.push({ kind: 'result', callId: id, content: results[index] ?? '' })
  }
  throw new Error('too many rounds')
}

async function converse(id: string, text: string) {
  const said = conversations.get(id) ?? []
  conversations.set(id, said)
  const turn = said.length / 2 + 1
  said.push({ seq: said.length + 1, role: 'customer', turn, text })
  const spent: Spent = { outside_ms: 0, tokens: 0, model_calls: 0, reads: 0 }
  const reply = await answer(said, turn, spent)
  said.push({ seq: said.length + 1, role: 'ai', turn, text: reply })
  return { conversation: { id }, reply: { role: 'ai', text: reply }, spent }
}

const app = express()
app.use(express.json())
let last = 0
app.post('/v1/conversations', async (request, response) => {
  const { message } = request.body as { message: { text: string } }
  response.status(201).json(await converse(`conv_${++last}`, message.text))
})
app.post('/v1/conversations/:id/messages', async (request, response) => {
  const { text } = request.body as { text: string }
  response.json(await converse(request.params.id, text))
})
app.post('/v1/conversations/:id/close', (request, response) => {
  response.json({ closed: conversations.delete(request.params.id) })
})
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`floor: http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
})
