// A model behind the OpenAI protocol that says what the test wrote, and refuses once the script runs out.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the prompt was, as far as tests look at it. */
export type ModelCall = {
  purpose: 'answer' | 'route' | 'summary'
  model: string
  streamed: boolean
  messages: { role: string; content: string | null }[]
  tools: string[]
}

export type Line =
  | { text: string }
  /** Tools to call; `arguments` may be text that is no JSON. */
  | { calls: { tool: string; arguments: Record<string, unknown> | string }[] }
  | { status: number }
  /** No answer until the client leaves. */
  | { stall: true }
  /** These words, each as a piece; then nothing until `release` resolves. */
  | { pieces: string[]; release: Promise<void> }
  /** A body that is no completion. */
  | { garbage: string }

export type ScriptedModel = Awaited<ReturnType<typeof startScriptedModel>>

/** Lines are taken in order, one list for each purpose; a function sees the call first. */
export async function startScriptedModel() {
  const scripts: Record<ModelCall['purpose'], (Line | ((call: ModelCall) => Line))[]> = {
    answer: [],
    route: [],
    summary: [],
  }
  const calls: ModelCall[] = []
  const overruns: ModelCall[] = []
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await textOf(request)) as ChatBody
    const call = readCall(body)
    calls.push(call)
    const next = scripts[call.purpose].shift()
    // A summary is written beside the conversation and tried again: it may outlive the test that asked for it.
    if (!next && call.purpose !== 'summary') overruns.push(call)
    const line = !next ? { status: 400 } : typeof next === 'function' ? next(call) : next
    await say(response, body, line)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const price = { input: 1, output: 1 }
  return {
    /** For MODELS_FILE. */
    entries: [
      { name: 'test-small', role: 'small', baseUrl, price },
      { name: 'test-large', role: 'large', baseUrl, price },
    ],
    calls,
    answers: (...lines: (Line | ((call: ModelCall) => Line))[]) => void scripts.answer.push(...lines),
    routes: (...routes: { intent: string; confidence: number }[]) =>
      void scripts.route.push(...routes.map((route) => ({ text: JSON.stringify(route) }))),
    summaries: (...summaries: string[]) =>
      void scripts.summary.push(...summaries.map((summary) => ({ text: JSON.stringify({ summary }) }))),
    stallSummary: () => void scripts.summary.push({ stall: true }),
    /** Forgets what was said and what was still to say; throws when the script ran out before. */
    reset() {
      const missing = overruns.splice(0)
      for (const script of Object.values(scripts)) script.length = 0
      calls.length = 0
      if (missing.length > 0) throw new Error(`the script ran out: ${JSON.stringify(missing[0]?.messages.at(-1))}`)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type ChatBody = {
  model: string
  stream?: boolean
  messages: { role: string; content: string | null }[]
  tools?: { function: { name: string } }[]
  response_format?: { json_schema?: { name?: string } }
}

function readCall(body: ChatBody): ModelCall {
  const schema = body.response_format?.json_schema?.name
  return {
    purpose: schema === 'route' ? 'route' : schema === 'summary' ? 'summary' : 'answer',
    model: body.model,
    streamed: body.stream === true,
    messages: body.messages,
    tools: (body.tools ?? []).map((tool) => tool.function.name),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

async function say(response: ServerResponse, body: ChatBody, line: Line): Promise<void> {
  if ('stall' in line) return void (await once(response, 'close'))
  if ('status' in line) {
    response.writeHead(line.status, { 'content-type': 'application/json' })
    return void response.end(JSON.stringify({ error: { message: 'scripted', type: 'scripted' } }))
  }
  if ('garbage' in line) {
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end(line.garbage)
  }
  const pieces = 'pieces' in line ? line.pieces : 'text' in line ? [line.text] : []
  const calls = ('calls' in line ? line.calls : []).map((call, index) => ({
    index,
    id: `call_${randomUUID()}`,
    type: 'function',
    function: {
      name: call.tool,
      arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
    },
  }))
  const finish = calls.length > 0 ? 'tool_calls' : 'stop'
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 }
  const head = { id: `chatcmpl-${randomUUID()}`, created: 1, model: body.model }
  if (!body.stream) {
    const message = {
      role: 'assistant',
      content: pieces.join('') || null,
      ...(calls.length ? { tool_calls: calls } : {}),
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    const choices = [{ index: 0, message, finish_reason: finish }]
    return void response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }))
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (delta: object, finish_reason: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
    )
  send({ role: 'assistant', content: '' })
  for (const content of pieces) send({ content })
  for (const call of calls) send({ tool_calls: [call] })
  if ('release' in line) await Promise.race([line.release, once(response, 'close')])
  if (response.destroyed) return
  send({}, finish)
  response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage })}\n\n`)
  response.end('data: [DONE]\n\n')
}
