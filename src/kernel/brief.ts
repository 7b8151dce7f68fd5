// The page of context a person reads when a conversation is offered to them. Written by code from the store.
import { cameBack, shorten } from '../domain/came-back.ts'
import type { Priority } from '../domain/conversation.ts'
import type { HandoffBrief, HandoffReason } from '../domain/escalation.ts'
import type { Json } from '../domain/json.ts'
import { suggest, type Tried } from '../domain/suggestions.ts'
import type { Scope } from './conversation-row.ts'

export async function handoffBrief(
  scope: Scope,
  offer: { reason: HandoffReason; priority: Priority; expectedAt: Date },
): Promise<HandoffBrief> {
  const { row, trx, kernel } = scope
  const { reason, priority } = offer
  const messages = await trx
    .selectFrom('messages')
    .select(['role', 'text'])
    .where('conversation_id', '=', row.id)
    .where('role', 'in', ['customer', 'ai'])
    .orderBy('seq', 'desc')
    .limit(6)
    .execute()
  const customer = await trx
    .selectFrom('customers')
    .select(['name', 'tier'])
    .where('tenant_id', '=', kernel.tenant)
    .where('id', '=', row.customer_id)
    .executeTakeFirst()
  const said = messages
    .toReversed()
    .map(({ role, text }) => `${role === 'ai' ? 'AI' : 'Customer'}: ${shorten(text, 300)}`)
  const customerText = messages.filter((message) => message.role === 'customer').map((message) => message.text)
  const tried = await triedTools(scope)
  const { name = null, tier = null } = customer ?? {}
  return {
    reason,
    priority,
    sentiment: kernel.sentimentOf(customerText.join('\n')),
    summary: [row.summary, ...said].filter(Boolean).join('\n'),
    wants: shorten(customerText[0] ?? '', 500),
    tried,
    facts: row.facts,
    ...suggest({ reason, tried, facts: row.facts, customerName: name, locale: row.locale }),
    transcript_url: `${kernel.publicUrl}/v1/conversations/${row.id}/messages`,
    customer: { id: row.customer_id, ...(name === null ? {} : { name }), ...(tier === null ? {} : { tier }) },
    expected_at: offer.expectedAt.toISOString(),
  }
}

/** The last ten, oldest first. */
async function triedTools({ row, trx }: Scope): Promise<Tried[]> {
  const steps = await trx
    .selectFrom('steps')
    .select(['tool', 'outcome', 'content'])
    .where('conversation_id', '=', row.id)
    .where('kind', 'in', ['tool', 'prefetch'])
    .where('tool', 'is not', null)
    .orderBy('turn', 'desc')
    .orderBy('ordinal', 'desc')
    .limit(10)
    .execute()
  return steps.toReversed().map(({ tool, outcome, content }) => ({
    tool: tool ?? '',
    outcome: outcome ?? 'started',
    came_back: cameBack(outcome, (content as { data?: Json }).data),
  }))
}
