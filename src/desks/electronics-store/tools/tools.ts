// The list. A new tool is one file beside this one and one line here.
import type { AnyTool } from '../../types.ts'
import { applyGoodwillCredit } from './apply-goodwill-credit.ts'
import { cancelOrder } from './cancel-order.ts'
import { createTicket } from './create-ticket.ts'
import { getBillingInfo } from './get-billing-info.ts'
import { getOrderStatus } from './get-order-status.ts'
import { listOrders } from './list-orders.ts'
import { lookUpCustomer } from './look-up-customer.ts'
import { modifyOrder } from './modify-order.ts'
import { refundOrder } from './refund-order.ts'
import { resetPassword } from './reset-password.ts'
import { searchKnowledgeBase } from './search-knowledge-base.ts'
import { updatePaymentMethod } from './update-payment-method.ts'

export const tools: readonly AnyTool[] = [
  lookUpCustomer,
  resetPassword,
  getBillingInfo,
  updatePaymentMethod,
  getOrderStatus,
  listOrders,
  cancelOrder,
  modifyOrder,
  refundOrder,
  applyGoodwillCredit,
  searchKnowledgeBase,
  createTicket,
]
