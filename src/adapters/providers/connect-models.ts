// Port LanguageModel over the list of models, each asked by its provider.
import { OutsideError } from '../../domain/errors.ts'
import type { LanguageModel, ModelAnswer, ModelRequest } from '../../ports/llm.ts'
import { startDeadline } from '../deadline.ts'
import { judgeAnswer } from '../model-answer.ts'
import { modelFailure } from '../model-failures.ts'
import { modelDependency } from '../with-breaker.ts'
import type { AskModel, Provider, ProviderModel } from './types.ts'

/** An entry of the model list, as far as it is needed here. */
export type ConnectableModel = Omit<ProviderModel, 'dependency'> & {
  /** What requests call it. */
  name: string
  /** Name in the list of providers. */
  provider: string
}

/** One client for each entry, since each has its own address and key. A name outside the list is refused. */
export function connectModels(providers: readonly Provider[], entries: readonly ConnectableModel[]): LanguageModel {
  const asks = new Map(entries.map((entry) => [entry.name, connect(providers, entry)]))
  return {
    complete: async (request) => {
      const ask = asks.get(request.model)
      if (!ask) throw unknownModel(request.model)
      return complete(ask, request)
    },
  }
}

function connect(providers: readonly Provider[], { name, provider, ...model }: ConnectableModel): AskModel {
  const found = providers.find((each) => each.name === provider)
  if (!found) throw new Error(`There is no provider "${provider}" for the model ${name}.`)
  return found.connect({ ...model, dependency: modelDependency(name) })
}

async function complete(ask: AskModel, request: ModelRequest): Promise<ModelAnswer> {
  const dependency = modelDependency(request.model)
  const deadline = startDeadline(request.timeout, request.signal)
  try {
    const raw = await ask(request, deadline.signal)
    // An SDK may end an aborted stream quietly, as if it were complete.
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

const unknownModel = (name: string): OutsideError =>
  new OutsideError('ModelError.Refused', modelDependency(name), `No model named ${name} is in the list`, {
    ambiguous: false,
  })
