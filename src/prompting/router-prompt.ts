// The router's question to a small model: one intent and how sure it is, as JSON, at temperature 0.
import { z } from 'zod'
import type { Desk } from '../desks/types.ts'
import type { JsonObject } from '../domain/json.ts'
import { NO_REQUEST } from '../domain/routing.ts'
import type { PromptMessage } from '../ports/llm.ts'

/** `intent` is one of the desk's or NO_REQUEST; `confidence` 0 to 1. */
export type RouterAnswer = { intent: string; confidence: number }

type AnswerForm = { answer: z.ZodType<RouterAnswer>; schema: JsonObject }
/** Made once a desk: building them takes longer than building the prompt. */
const forms = new WeakMap<Desk, AnswerForm>()

function formOf(desk: Desk): AnswerForm {
  const known = forms.get(desk)
  if (known) return known
  const answer = z.strictObject({
    intent: z.enum([...desk.specialists.map(({ intent }) => intent), NO_REQUEST]),
    confidence: z.number().min(0).max(1),
  })
  const form = { answer, schema: z.toJSONSchema(answer) as unknown as JsonObject }
  forms.set(desk, form)
  return form
}

/** What the router's model must answer on this desk. */
export const routerSchema = (desk: Desk): { name: string; schema: JsonObject } => ({
  name: 'route',
  schema: formOf(desk).schema,
})

export function routerPrompt(desk: Desk, messages: { role: string; text: string }[]): PromptMessage[] {
  const specialists = desk.specialists.map((specialist) => `- ${specialist.intent}: ${specialist.description}`)
  return [
    {
      role: 'system',
      content: [
        "You route customer messages of a support desk. Decide what the customer's last message is about.",
        `Intents:\n${specialists.join('\n')}\n- ${NO_REQUEST}: no request at all, such as small talk, or nothing this desk deals with`,
        'Answer as JSON: {"intent": one of the intents, "confidence": 0 to 1}. Be honest about your confidence: below 0.7 the customer is asked.',
      ].join('\n\n'),
    },
    ...messages.map(
      ({ role, text }): PromptMessage => ({ role: role === 'customer' ? 'user' : 'assistant', content: text }),
    ),
  ]
}

/** What the model wrote, checked; null when it is not what was asked for. */
export function readRouterAnswer(desk: Desk, text: string): RouterAnswer | null {
  try {
    const parsed = formOf(desk).answer.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
