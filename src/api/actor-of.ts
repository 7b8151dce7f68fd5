import type { Actor } from '../kernel/actor.ts'
import type { Principal } from './middleware/authenticate.ts'

/** The signed-in person as the kernel knows one. */
export const actorOf = ({ id, name, role }: Principal): Actor => ({ id, name, role })
