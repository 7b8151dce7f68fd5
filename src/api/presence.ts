// Whoever of the staff asks us for anything is there. Written down at most every twenty seconds a person and process.
import type { Kernel } from '../kernel/kernel.ts'
import { seePerson, type StaffMember } from '../kernel/people.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Principal } from './middleware/authenticate.ts'

export type Presence = {
  /** Also for an open stream, again and again. Nobody's request fails because this could not be written. */
  seen: (principal: Principal) => Promise<void>
}

const EVERY = 20_000

export function createPresence({ kernel, logger }: { kernel: Kernel; logger: Logger }): Presence {
  const written = new Map<string, number>()
  return {
    async seen(principal) {
      const member = staffMember(principal)
      const now = kernel.now().getTime()
      if (!member || now - (written.get(member.id) ?? 0) < EVERY) return
      written.set(member.id, now)
      try {
        await seePerson(kernel, member)
      } catch (error) {
        written.delete(member.id)
        logger.info({ err: error }, 'a sign of life could not be written')
      }
    },
  }
}

/** Null for a customer. */
export function staffMember({ id, name, role }: Principal): StaffMember | null {
  return role === 'customer' ? null : { id, name, role }
}
