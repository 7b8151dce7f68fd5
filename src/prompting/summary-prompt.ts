// The running summary's prompt: the older summary and the messages it does not cover yet.
import { z } from 'zod'
import type { JsonObject } from '../domain/json.ts'
import type { PromptMessage } from '../ports/llm.ts'

const answer = z.strictObject({ summary: z.string().min(1).max(4000) })
export const SUMMARY_SCHEMA = { name: 'summary', schema: z.toJSONSchema(answer) as unknown as JsonObject }

export function summaryPrompt(older: string | null, messages: { role: string; text: string }[]): PromptMessage[] {
  return [
    {
      role: 'system',
      content:
        'Write a summary of this support conversation for the colleague who goes on with it: what the customer wants, what was found out, what was done, what is open. At most 150 words. Answer as JSON: {"summary": "..."}.',
    },
    {
      role: 'user',
      content: [
        older ? `Summary so far:\n${older}` : '',
        `Messages:\n${messages.map(({ role, text }) => `${role}: ${text}`).join('\n')}`,
      ]
        .filter(Boolean)
        .join('\n\n'),
    },
  ]
}

/** null when the model did not write what was asked for. */
export function readSummary(text: string): string | null {
  try {
    const parsed = answer.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.summary : null
  } catch {
    return null
  }
}
