// Who gives a command: a signed-in customer or a member of staff, or an operator through a signal.
import type { Role } from '../domain/conversation.ts'

export type Actor = { id: string; name: string; role: Role | 'operator' }

/** Whose commands share one space of ids; a customer and an agent with one subject never collide. */
export const commandSpace = (actor: Actor): string =>
  `${actor.role === 'customer' || actor.role === 'operator' ? actor.role : 'staff'}:${actor.id}`
