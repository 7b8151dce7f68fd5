// The turn's stored steps as its prompt shows them.
import type { Json, JsonObject } from '../domain/json.ts'
import type { PromptMaterial } from '../kernel/answer-material.ts'
import { modelStep } from '../kernel/stored-call.ts'
import type { PromptStep } from '../prompting/answer-prompt.ts'

export function promptSteps(steps: PromptMaterial['steps'], mostCharacters: number): PromptStep[] {
  return steps.flatMap((step): PromptStep[] => {
    if (step.kind === 'model') {
      const { text, calls } = modelStep(step)
      return [{ kind: 'model', text, calls: calls.map(({ id, tool, input }) => ({ id, tool, input })) }]
    }
    const { data, input } = step.content as unknown as { data: Json; input?: JsonObject }
    const content = cut(JSON.stringify({ outcome: step.outcome, result: data }), mostCharacters)
    if (step.kind === 'tool') return [{ kind: 'result', callId: step.call_id ?? '', content }]
    // A prefetch that failed was never asked for, so the model need not hear of it.
    if (step.kind !== 'prefetch' || step.outcome === 'failed') return []
    return [{ kind: 'prefetched', callId: step.call_id ?? '', tool: step.tool ?? '', input: input ?? {}, content }]
  })
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}… (cut: the result has ${text.length} characters)` : text
