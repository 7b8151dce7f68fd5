// The page of context a person reads when a conversation is offered to them. Written by code from the store.
import type { Priority } from '../domain/conversation.ts'
import type { HandoffBrief, HandoffReason } from '../domain/escalation.ts'
import type { Scope } from './conversation-row.ts'

export async function handoffBrief(scope: Scope, reason: HandoffReason, priority: Priority): Promise<HandoffBrief> {
  const { row, trx, kernel } = scope
  const messages = await trx
    .selectFrom('messages')
    .select(['role', 'text'])
    .where('conversation_id', '=', row.id)
    .where('role', 'in', ['customer', 'ai'])
    .orderBy('seq', 'desc')
    .limit(6)
    .execute()
  const steps = await trx
    .selectFrom('steps')
    .select(['tool', 'outcome'])
    .where('conversation_id', '=', row.id)
    .where('kind', 'in', ['tool', 'prefetch'])
    .where('tool', 'is not', null)
    .orderBy('turn', 'desc')
    .orderBy('ordinal', 'desc')
    .limit(10)
    .execute()
  const said = messages
    .toReversed()
    .map(({ role, text }) => `${role === 'ai' ? 'AI' : 'Customer'}: ${shorten(text, 300)}`)
  const customerText = messages.filter((message) => message.role === 'customer').map((message) => message.text)
  return {
    reason,
    priority,
    sentiment: kernel.sentimentOf(customerText.join('\n')),
    summary: [row.summary, ...said].filter(Boolean).join('\n'),
    wants: shorten(customerText[0] ?? '', 500),
    tried: steps.toReversed().map((step) => ({ tool: step.tool ?? '', outcome: step.outcome ?? 'started' })),
    facts: row.facts,
    transcript_url: `${kernel.publicUrl}/v1/conversations/${row.id}/messages`,
  }
}

const shorten = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
