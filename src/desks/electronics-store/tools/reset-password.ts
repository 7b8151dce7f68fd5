import { z } from 'zod'
import type { ResetMail } from '../systems/crm.ts'
import { deskTool } from './desk-tool.ts'
import { resultOf } from './results.ts'

const view = (mail: ResetMail) => ({ sent_to: mail.sent_to, expires_in_minutes: mail.expires_in_minutes })

/** Sends the mail with a reset link to the address on file. A password is never seen, set or said. */
export const resetPassword = deskTool({
  name: 'reset_password',
  description:
    'Sends a password-reset mail to the e-mail address on file of the customer in this conversation. It also unlocks an account that is locked after too many failed sign-ins, once the customer follows the link. Nobody sees a password.',
  input: z.strictObject({}),
  effect: 'write',
  deduplicates: true,
  repeatable: true,
  timeout: 8_000,
  // The mail goes only to the address on file, so asking for it is authority enough.
  authorize: async () => ({ decision: 'allow' }),
  async execute(_input, { systems, customerId, key, signal }) {
    return resultOf(await systems.crm.sendResetMail(customerId, key, signal), view)
  },
  async lookUp(_input, { systems, key, signal }) {
    const reply = await systems.crm.resetMailOutcome(key, signal)
    return reply && resultOf(reply, view)
  },
  claims: [
    /\b(?:i|we)(?:'ve| have)?(?: just| now)? (?:sent|e-?mailed|reset|unlocked)\b[^.!?]{0,60}\b(?:password|reset|link|account)\b/i,
    /\b(?:reset|password)\b[^.!?]{0,30}\b(?:mail|e-?mail|link)\b[^.!?]{0,20}\b(?:has been|have been|was|is) (?:now |just )?(?:sent|on its way)\b/i,
    /\bpassword has (?:now |just )?been reset\b/i,
    /\b(?:habe|haben)\b[^.!?]{0,80}\b(?:gesendet|geschickt|verschickt|zurückgesetzt|entsperrt)(?!\p{L})/iu,
  ],
})
