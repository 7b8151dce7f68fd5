// A provider is a protocol that models are asked by. What every call needs whatever the protocol (deadline, judging the
// answer, classifying failures) is in connect-models.ts.
import type { ModelRequest } from '../../ports/llm.ts'
import type { RawAnswer } from '../model-answer.ts'

/** What a provider may know of a model of the list (llm/models.ts has more). */
export type ProviderModel = {
  /** What the provider's server calls it. */
  providerModel: string
  /** As MODELS_FILE says, without judging its path. */
  baseUrl: string
  /** `none` where the list names no key. */
  apiKey: string
  /** False for models that refuse a temperature. */
  temperature: boolean
  /** How failures name this model. */
  dependency: string
}

/**
 * One call, never retried here. Ends when `signal` aborts, with any error. Pieces of text go to `request.onDelta`, when it is
 * given. A status that is no success is thrown as `statusFailure`; of any other error the network's code is read.
 */
export type AskModel = (request: ModelRequest, signal: AbortSignal) => Promise<RawAnswer>

export type Provider = {
  /** What `provider` of MODELS_FILE says; kebab-case. */
  name: string
  /** Makes the client of one model, once a process; calls nothing yet. */
  connect: (model: ProviderModel) => AskModel
}

export const defineProvider = (provider: Provider): Provider => provider
