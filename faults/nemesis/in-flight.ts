// The messages that wait for an answer right now, asked of the store past every line.
import type { Stack } from '../../stack/stack.ts'

/** A message: conversation and id. */
export interface Waiting {
  conversation_id: string
  id: string
}

/** Null while the store does not answer. */
export async function messagesInFlight({ db }: Stack): Promise<Waiting[] | null> {
  const asked = db
    .selectFrom('messages')
    .select(['conversation_id', 'id'])
    .where('role', '=', 'customer')
    .where('status', 'in', ['accepted', 'processing'])
    .execute()
  return asked.catch(() => null)
}

/** Those of `before` that still wait. */
export function stillWaiting(before: readonly Waiting[], now: readonly Waiting[]): Waiting[] {
  const keys = new Set(now.map(keyOf))
  return before.filter((each) => keys.has(keyOf(each)))
}

const keyOf = ({ conversation_id, id }: Waiting): string => `${conversation_id}/${id}`
