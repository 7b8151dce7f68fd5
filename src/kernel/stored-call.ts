// Tool calls as a model step stores them: what the prompt shows again, and what is to be run.
import type { JsonObject } from '../domain/json.ts'
import type { StepRow } from './tables.ts'

export type StoredCall = {
  /** Ours: `<round>-<index>`, unique in its turn; a model's own ids may repeat. */
  id: string
  tool: string
  input: JsonObject
  /** Place of its result in the prompt. */
  ordinal: number
  /** False when it was answered at once: unknown tool, bad arguments, a transfer. */
  run: boolean
  effect: 'read' | 'write'
  quick: boolean
  digest: string
  /** The approval it runs on, in a turn whose cause is that approval. */
  approval?: string
}
export type ModelStepContent = { text: string; calls: StoredCall[] }

export function modelStep(step: Pick<StepRow, 'content'>): ModelStepContent {
  return step.content as unknown as ModelStepContent
}
/** None once the conversation was closed. */
export const callsOf = (step: Pick<StepRow, 'content'>): StoredCall[] =>
  (step.content as unknown as Partial<ModelStepContent>).calls ?? []

/** Steps of a round stand together: the model's at <round>000, its calls' results right behind it; prefetched reads before all. */
export const roundOrdinal = (round: number, index = -1): number => round * 1000 + index + 1

/** The place of a call's result, from its id. */
export function callOrdinal(callId: string): number {
  const [round = '1', index = '0'] = callId.split('-')
  return roundOrdinal(Number(round), Number(index))
}
