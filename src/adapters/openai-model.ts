// Port LanguageModel over the `openai` SDK, which speaks to OpenAI and to everything that copies its protocol.
import OpenAI from 'openai'
import { OutsideError } from '../domain/errors.ts'
import type { LanguageModel, ModelAnswer, ModelRequest } from '../ports/llm.ts'
import { startDeadline } from './deadline.ts'
import { judgeAnswer, readCompletion, readStream } from './openai-answer.ts'
import type { RawAnswer } from './openai-answer.ts'
import { modelFailure } from './openai-errors.ts'
import { chatBody } from './openai-request.ts'
import { modelDependency } from './with-breaker.ts'

/** What this adapter needs of an entry of the model list (llm/models.ts has more). */
export type OpenAiEntry = {
  /** What requests call it. */
  name: string
  /** What the provider calls it; default `name`. */
  providerModel?: string
  baseUrl: string
  apiKey: string
  /** False for models that refuse a temperature; default true. */
  temperature?: boolean
}

/** One client for each entry, since each has its own address and key. A name outside the list is refused. */
export function createOpenAiModel(entries: readonly OpenAiEntry[]): LanguageModel {
  const clients = new Map(entries.map((entry) => [entry.name, { entry, client: createClient(entry) }]))
  return {
    complete: async (request) => {
      const found = clients.get(request.model)
      if (!found) throw unknownModel(request.model)
      return complete(found.client, found.entry, request)
    },
  }
}

function createClient(entry: OpenAiEntry): OpenAI {
  return new OpenAI({
    baseURL: entry.baseUrl,
    apiKey: entry.apiKey,
    // Given, so that the SDK does not look into the environment, where they belong to another provider.
    organization: null,
    project: null,
    adminAPIKey: null,
    maxRetries: 0,
    // It would print pieces of answers.
    logLevel: 'off',
  })
}

async function complete(client: OpenAI, entry: OpenAiEntry, request: ModelRequest): Promise<ModelAnswer> {
  const dependency = modelDependency(entry.name)
  const deadline = startDeadline(request.timeout, request.signal)
  try {
    const raw = await ask(client, entry, request, deadline.signal)
    // The SDK ends an aborted stream quietly, as if it were complete.
    deadline.signal.throwIfAborted()
    return judgeAnswer(raw, request, dependency)
  } catch (error) {
    if (deadline.expired()) {
      const message = `${dependency}: no answer within ${request.timeout} ms`
      throw new OutsideError('ModelError.Timeout', dependency, message, { ambiguous: false, cause: error })
    }
    request.signal?.throwIfAborted()
    throw modelFailure(error, dependency)
  } finally {
    deadline.end()
  }
}

async function ask(client: OpenAI, entry: OpenAiEntry, request: ModelRequest, signal: AbortSignal): Promise<RawAnswer> {
  const body = chatBody(request, { model: entry.providerModel ?? entry.name, temperature: entry.temperature ?? true })
  const options = { signal, timeout: request.timeout }
  if (!request.onDelta) {
    return readCompletion(
      await client.chat.completions.create({ ...body, stream: false }, options),
      modelDependency(entry.name),
    )
  }
  const stream = await client.chat.completions.create(
    { ...body, stream: true, stream_options: { include_usage: true } },
    options,
  )
  return readStream(stream, request.onDelta)
}

const unknownModel = (name: string): OutsideError =>
  new OutsideError('ModelError.Refused', modelDependency(name), `No model named ${name} is in the list`, {
    ambiguous: false,
  })
