// What the checker knows of the demo company's writes: how the tools, the back ends and the ledger call them.

/** The ledger's operation of each tool that writes: the one that makes it done. */
const OPERATION_OF_TOOL: Record<string, string> = {
  cancel_order: 'cancel_order',
  modify_order: 'modify_order',
  reset_password: 'reset_password',
  update_payment_method: 'create_payment_method_link',
  create_ticket: 'create_ticket',
  refund_order: 'RefundPayment',
  apply_goodwill_credit: 'ApplyCredit',
}
export const operationOf = (tool: string): string => OPERATION_OF_TOOL[tool] ?? tool
export const isWrite = (tool: string | null): boolean => tool !== null && Object.hasOwn(OPERATION_OF_TOOL, tool)

/** What a write does besides, in another system: of a refund the order system is told before billing pays, or that it did not. */
const WHOLE_OF_PART: Record<string, string> = { open_refund: 'RefundPayment', withdraw_refund: 'RefundPayment' }
/** It alone makes nothing done. */
export const isPart = (operation: string): boolean => Object.hasOwn(WHOLE_OF_PART, operation)
export const wholeOf = (operation: string): string => WHOLE_OF_PART[operation] ?? operation

/** Writes that a later turn may make again without anybody's consent: a mail, a link, a ticket. */
const REPEATABLE = new Set(['reset_password', 'create_payment_method_link', 'create_ticket'])
export const isRepeatable = (operation: string): boolean => REPEATABLE.has(operation)

/** Writes whose business key the back end makes up, so that nobody can ask for it. */
const KEY_IS_MADE = new Set(['create_ticket'])
export const sameWrite = (
  asked: { operation: string; key: string; cents?: number },
  done: { operation: string; business_key: string; amount_cents?: number },
): boolean =>
  asked.operation === wholeOf(done.operation) &&
  (KEY_IS_MADE.has(done.operation) || asked.key === done.business_key) &&
  (asked.cents === undefined || done.amount_cents === undefined || asked.cents === done.amount_cents)
