// The chat completions API over the `openai` SDK, which speaks to OpenAI and to everything that copies its protocol.
import OpenAI from 'openai'
import type { ModelRequest } from '../../ports/llm.ts'
import type { RawAnswer } from '../model-answer.ts'
import { readCompletion, readStream } from '../openai-answer.ts'
import { openAiFailure } from '../openai-errors.ts'
import { chatBody } from '../openai-request.ts'
import { defineProvider, type ProviderModel } from './types.ts'

/** The usual provider of MODELS_FILE. */
export const openai = defineProvider({
  name: 'openai',
  connect(model) {
    const client = createClient(model)
    return (request, signal) =>
      ask(client, model, request, signal).catch((error: unknown) => {
        throw openAiFailure(error, model.dependency)
      })
  },
})

function createClient({ baseUrl, apiKey }: ProviderModel): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey,
    // Given, so that the SDK does not look into the environment, where they belong to another provider.
    organization: null,
    project: null,
    adminAPIKey: null,
    maxRetries: 0,
    // It would print pieces of answers.
    logLevel: 'off',
  })
}

async function ask(
  client: OpenAI,
  { providerModel, temperature, dependency }: ProviderModel,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const body = chatBody(request, { model: providerModel, temperature })
  const options = { signal, timeout: request.timeout }
  if (!request.onDelta) {
    return readCompletion(await client.chat.completions.create({ ...body, stream: false }, options), dependency)
  }
  const stream = await client.chat.completions.create(
    { ...body, stream: true, stream_options: { include_usage: true } },
    options,
  )
  return readStream(stream, request.onDelta)
}
