// Looks for conversations that carry one of our message ids and that no answer told us of: a start that happened twice.
import type { Client } from '../scripts/client/client.ts'

/** Message ids that are in a conversation besides their own. Reads as an agent, who may see all. */
export async function strayCopies(
  agent: Client,
  known: { since: Date; conversations: ReadonlySet<string>; messages: ReadonlySet<string> },
): Promise<string[]> {
  const older = ({ created_at }: { created_at: string }) => new Date(created_at) < known.since
  const recent = await agent.conversations('channel=api', older)
  const strange = recent.filter(({ id }) => !known.conversations.has(id))
  const transcripts = await Promise.all(strange.map(({ id }) => agent.transcript(id)))
  return transcripts.flat().flatMap(({ id, role }) => (role === 'customer' && known.messages.has(id) ? [id] : []))
}
