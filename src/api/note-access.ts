// That staff looks at customers' data is written down before it is shown; a customer's look at what is theirs is not.
import { auditAccess } from '../kernel/audit-access.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { actorOf } from './actor-of.ts'
import type { Principal } from './middleware/authenticate.ts'

/** One conversation is read. */
export const noteRead = (kernel: Kernel, principal: Principal, conversationId: string): Promise<void> =>
  auditAccess(kernel, actorOf(principal), { action: 'data.read', subject: conversationId, conversationId })

/** What the company's systems say of a conversation's customer is read. */
export const noteCustomerRead = (
  kernel: Kernel,
  principal: Principal,
  { id, customer_id: subject }: { id: string; customer_id: string },
): Promise<void> => auditAccess(kernel, actorOf(principal), { action: 'data.read', subject, conversationId: id })

/** A list that shows data of many customers is read. */
export const noteListed = (
  kernel: Kernel,
  principal: Principal,
  list: 'queue' | 'handoffs' | 'approvals' | 'effects' | 'audit',
): Promise<void> =>
  auditAccess(kernel, actorOf(principal), { action: 'data.listed', subject: list, conversationId: null })
