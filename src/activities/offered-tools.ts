// The tools a model is shown: those of its specialist, and the ways out that every specialist has.
import { z } from 'zod'
import { type AnyTool, isPublic, type Specialist } from '../desks/types.ts'
import type { JsonObject } from '../domain/json.ts'
import type { PromptMaterial } from '../kernel/answer-material.ts'
import type { ToolSchema } from '../ports/llm.ts'
import type { WorkingDesk } from './deps.ts'

export const ESCALATE = 'escalate'
export const TRANSFER = 'transfer'
export const MORE_TOOLS = 'more_tools'
/** Reasons a model may give; the others are for code to find. */
export const MODEL_REASONS = [
  'person_requested',
  'anger',
  'low_confidence',
  'repeated_failure',
  'policy',
  'safety',
] as const

/**
 * The schemas offered to a specialist's model: its own tools (to a guest the public ones), and the two ways out. Small talk gets none. Schemas are half of
 * a prompt: where the reads of a rule have answered the question, the first round is shown a way to the others instead.
 */
export function offeredTools(
  working: WorkingDesk,
  specialist: Specialist | null,
  steps: PromptMaterial['steps'],
  guest: boolean,
): ToolSchema[] {
  if (!specialist) return []
  if (isAnswered(steps)) return [moreTools]
  const own = specialist.tools.flatMap((name) => {
    const tool = working.tools.get(name)
    return tool && (!guest || isPublic(tool))
      ? [{ name, description: tool.description, parameters: schemaOf(tool) }]
      : []
  })
  const others = working.desk.specialists.map((other) => other.name).filter((name) => name !== specialist.name)
  return [
    ...own,
    {
      name: TRANSFER,
      description: 'Give the question to a colleague when it is outside your area.',
      parameters: object({ to: { type: 'string', enum: others }, reason: { type: 'string' } }, ['to']),
    },
    {
      name: ESCALATE,
      description: 'Hand the conversation to a person: the customer wants one, is angry, or you cannot help.',
      parameters: object({ reason: { type: 'string', enum: [...MODEL_REASONS] } }, ['reason']),
    },
  ]
}

/** Made once a tool: turning zod into JSON Schema takes milliseconds, and every model call shows all of them. */
const schemas = new WeakMap<AnyTool, JsonObject>()

function schemaOf(tool: AnyTool): JsonObject {
  const known = schemas.get(tool)
  if (known) return known
  const schema = z.toJSONSchema(tool.input, { io: 'input' }) as unknown as JsonObject
  schemas.set(tool, schema)
  return schema
}

const object = (properties: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

/** True when nothing was done but reads that answer the question, and all of them found something. */
function isAnswered(steps: PromptMaterial['steps']): boolean {
  return (
    steps.length > 0 &&
    steps.every(({ kind, outcome, content }) => {
      return kind === 'prefetch' && outcome === 'ok' && (content as { answers?: true }).answers === true
    })
  )
}

const moreTools: ToolSchema = {
  name: MORE_TOOLS,
  description: 'Shows you all your tools. Only when the results above do not answer everything the customer asked for.',
  parameters: object({}, []),
}
