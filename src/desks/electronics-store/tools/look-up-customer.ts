import { z } from 'zod'
import { deskTool } from './desk-tool.ts'
import { maskEmail, maskPhone, resultOf } from './results.ts'

/** The signed-in customer's profile; contact details come masked. */
export const lookUpCustomer = deskTool({
  name: 'look_up_customer',
  description:
    'The profile of the customer in this conversation: name, tier, whether the account is locked and why, language, member since, postal address, masked e-mail and phone.',
  input: z.strictObject({}),
  effect: 'read',
  quick: true,
  timeout: 1_500,
  async execute(_input, { systems, customerId, signal }) {
    return resultOf(await systems.crm.customer(customerId, signal), (customer) => ({
      name: customer.name,
      tier: customer.tier,
      locked: customer.locked,
      ...(customer.locked_reason ? { locked_reason: customer.locked_reason } : {}),
      language: customer.language,
      member_since: customer.member_since,
      email: maskEmail(customer.email),
      phone: maskPhone(customer.phone),
      address: Object.values(customer.address).join(', '),
    }))
  },
})
