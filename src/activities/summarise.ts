import { Context } from '@temporalio/activity'
import { OutsideError } from '../domain/errors.ts'
import { commitSummary, messagesToSummarise } from '../kernel/commit-summary.ts'
import { readSummary, SUMMARY_SCHEMA, summaryPrompt } from '../prompting/summary-prompt.ts'
import { whileAlive } from './alive.ts'
import type { ActivityDeps } from './deps.ts'
import { callModel } from './pay.ts'

const TIMEOUT = 25_000

/** Past 20 messages: a running summary by the small model, beside the conversation [C2]. */
export async function summarise(
  deps: ActivityDeps,
  { conversationId }: { conversationId: string },
): Promise<{ outcome: string }> {
  const due = await messagesToSummarise(deps.kernel, conversationId)
  const through = due?.messages.at(-1)?.seq
  if (!due || through === undefined) return { outcome: 'not_due' }
  const { answer, usage } = await whileAlive(deps, null, () =>
    callModel(deps, {
      purpose: 'summary',
      choice: { questionLength: 0, round: 1, wish: 'small' },
      request: {
        messages: summaryPrompt(due.conversation.summary, due.messages),
        answerSchema: SUMMARY_SCHEMA,
        temperature: 0,
        timeout: TIMEOUT,
        signal: Context.current().cancellationSignal,
      },
    }),
  )
  const summary = readSummary(answer.text)
  if (!summary) throw new OutsideError('ModelError.Malformed', answer.model, 'the summary is not what was asked for')
  await commitSummary(deps.kernel, { conversationId, summary, through, usage })
  return { outcome: 'summarised' }
}
