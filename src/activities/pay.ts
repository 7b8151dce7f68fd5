// One model call with its stand-in, and what it cost.
import { completeWithFallback } from '../llm/fallback.ts'
import { chooseModel, type ModelChoice } from '../llm/choose-model.ts'
import { costUsd } from '../llm/prices.ts'
import type { Usage } from '../kernel/usage.ts'
import type { ModelAnswer, ModelRequest } from '../ports/llm.ts'
import type { ActivityDeps } from './deps.ts'

export type PaidAnswer = { answer: ModelAnswer; usage: Usage }

export async function callModel(
  deps: ActivityDeps,
  call: {
    purpose: Usage['purpose']
    choice: ModelChoice
    request: Omit<ModelRequest, 'model'>
    /** Of the instructions in it, when they are a specialist's. */
    promptVersion?: string
    onRestart?: () => void
  },
): Promise<PaidAnswer> {
  const { model, standIn } = chooseModel(deps.models, call.choice)
  const { answer, insteadOf } = await completeWithFallback(
    deps.model,
    { ...call.request, model: model.name },
    { standIn: standIn?.name ?? null, ...(call.onRestart ? { onRestart: call.onRestart } : {}) },
  )
  if (insteadOf)
    deps.logger.warn(
      { model: insteadOf.model, failure: insteadOf.failure, standIn: answer.model },
      'another model stood in',
    )
  const price = deps.models.find((entry) => entry.name === answer.model)?.price ?? model.price
  const cost = costUsd(price, answer)
  deps.metrics.llmCost.inc({ model: answer.model }, cost)
  deps.metrics.llmTokens.inc({ model: answer.model, kind: 'input' }, answer.inputTokens)
  deps.metrics.llmTokens.inc({ model: answer.model, kind: 'output' }, answer.outputTokens)
  const { model: name, inputTokens, outputTokens } = answer
  const { purpose, promptVersion } = call
  const usage = { model: name, purpose, inputTokens, outputTokens, costUsd: cost }
  return { answer, usage: promptVersion === undefined ? usage : { ...usage, promptVersion } }
}
