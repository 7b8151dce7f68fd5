// Small or large, by rules alone: a rule can be read, tested and costs nothing.
import type { ModelEntry, ModelRole } from './models.ts'

export type ModelChoice = {
  /** What the specialist asks for; default small. */
  wish?: ModelRole | undefined
  /** Of the turn's question, in characters. */
  questionLength: number
  /** Of the turn, from 1. */
  round: number
}

// A long question holds several; many rounds mean that the small model goes in circles.
const LONG_QUESTION = 1200
const MANY_ROUNDS = 4

/** The role that the rules want. */
export function roleFor(choice: ModelChoice): ModelRole {
  if (choice.wish === 'large') return 'large'
  return choice.questionLength > LONG_QUESTION || choice.round >= MANY_ROUNDS ? 'large' : 'small'
}

/** The first model of the wanted role, and the first other one as its stand-in. A list of one serves both roles. */
export function chooseModel(
  models: readonly ModelEntry[],
  choice: ModelChoice,
): { model: ModelEntry; standIn: ModelEntry | null } {
  const role = roleFor(choice)
  const model = models.find((entry) => entry.role === role) ?? models[0]
  if (!model) throw new Error('The list of models is empty')
  const others = models.filter((entry) => entry !== model)
  return { model, standIn: others.find((entry) => entry.role !== model.role) ?? others[0] ?? null }
}
