// The OpenAI protocol around the scripted model: models, chat completions, embeddings; and the control of its pace.
import { Router, json } from 'express'
import type { Request, RequestHandler, Response } from 'express'
import { answerFault } from '../faults/apply.ts'
import { integerField, objectBody } from '../http/fields.ts'
import type { JsonObject } from '../http/fields.ts'
import type { BackEnd } from '../http/operation.ts'
import { Refusal } from '../http/refusal.ts'
import { appendLedger, countRepeatedCall } from '../ledger/ledger.ts'
import { embed } from '../model/embeddings.ts'
import { readChatRequest } from '../model/request.ts'
import { reply } from '../model/reply.ts'
import { estimateTokens } from '../model/tokens.ts'
import { sendCompletion } from './completion.ts'
import { modelErrorHandler } from './errors.ts'
import type { Pace } from './pace.ts'
import { streamCompletion } from './stream.ts'

/** The models by name. */
const modelNames = ['scripted-small', 'scripted-large'] as const

/** The routes under `/v1`. */
export function modelRoutes(parts: BackEnd, pace: Pace): Router {
  const router = Router()
  const body = json({ limit: '20mb' })
  const data = modelNames.map((id) => ({ id, object: 'model', created: 1_761_955_200, owned_by: 'demo-company' }))
  router.get('/models', (_request, response) => {
    response.json({ object: 'list', data })
  })
  router.get('/models/:id', (request, response) => {
    mustBeModel(request.params.id)
    response.json(data.find((model) => model.id === request.params.id))
  })
  router.post('/chat/completions', body, chatCompletions(parts, pace))
  router.post('/embeddings', body, embeddings(parts, pace))
  router.use((request) => {
    throw new Refusal(404, 'not_found', `unknown path ${request.method} ${request.path}`)
  })
  router.use(modelErrorHandler)
  return router
}

/** `GET /_model` and `POST /_model {latency_ms?, tokens_per_second?}` -> the settings. */
export function paceRoutes(pace: Pace): Router {
  const router = Router()
  router.get('/', (_request, response) => {
    response.json(pace.settings)
  })
  router.post('/', json(), (request, response) => {
    const body = objectBody(request.body)
    if (body['latency_ms'] !== undefined) pace.settings.latency_ms = integerField(body, 'latency_ms', 0, 600_000)
    if (body['tokens_per_second'] !== undefined) {
      pace.settings.tokens_per_second = integerField(body, 'tokens_per_second', 0, 1_000_000)
    }
    response.json(pace.settings)
  })
  return router
}

function chatCompletions(parts: BackEnd, pace: Pace): RequestHandler {
  return async (request, response) => {
    const body = objectBody(request.body)
    const chat = readChatRequest(body)
    if (typeof chat === 'string') throw new Refusal(400, 'invalid_request', chat)
    mustBeModel(chat.model)
    recordCall(parts, request, body, 'chat.completions')
    const fault = parts.faults.take('model', 'chat.completions', 'before')
    if (fault && (await answerFault(parts.faults, fault, request, response))) return
    const left = leaving(response)
    await pace.start(left)
    if (left.aborted) return
    const answer = reply(chat)
    const broken = fault?.kind === 'malformed'
    if (body['stream'] === true) await streamCompletion(response, chat, answer, { pace, left, broken })
    else await sendCompletion(response, chat, answer, { pace, left, broken })
  }
}

function embeddings(parts: BackEnd, pace: Pace): RequestHandler {
  return async (request, response) => {
    const body = objectBody(request.body)
    const { input } = body
    const texts: unknown[] = Array.isArray(input) ? input : [input]
    if (texts.length === 0 || !texts.every((text) => typeof text === 'string' && text !== '')) {
      throw new Refusal(400, 'invalid_request', '`input` must be a text or a list of texts')
    }
    mustBeModel(body['model'])
    recordCall(parts, request, body, 'embeddings')
    const fault = parts.faults.take('model', 'embeddings', 'before')
    if (fault && (await answerFault(parts.faults, fault, request, response))) return
    await pace.start(leaving(response))
    const data = texts.map((text, index) => {
      const vector = embed(String(text))
      const embedding =
        body['encoding_format'] === 'base64' ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector
      return { object: 'embedding', index, embedding }
    })
    const tokens = texts.reduce((sum: number, text) => sum + estimateTokens(String(text)), 0)
    const answer = JSON.stringify({
      object: 'list',
      data,
      model: body['model'],
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    })
    response.type('json').send(fault?.kind === 'malformed' ? answer.slice(0, answer.length / 2) : answer)
  }
}

/** One ledger row per call, whatever becomes of it; the caller's `user` and metadata tell what it was for. */
function recordCall({ store }: BackEnd, request: Request, body: JsonObject, operation: string): void {
  const metadata = body['metadata']
  const about = [body['model'], body['user'], metadata === undefined ? undefined : JSON.stringify(metadata)]
  const key = request.get('idempotency-key')?.slice(0, 255)
  if (key !== undefined) countRepeatedCall(store, key)
  appendLedger(store, {
    system: 'model',
    kind: 'model_call',
    operation,
    business_key: about
      .filter((part) => typeof part === 'string' && part !== '')
      .join(' ')
      .slice(0, 500),
    idempotency_key: key,
  })
}

function leaving(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}

function mustBeModel(name: unknown): void {
  if (modelNames.some((known) => known === name)) return
  throw new Refusal(404, 'model_not_found', `The model \`${String(name).slice(0, 100)}\` does not exist`)
}
