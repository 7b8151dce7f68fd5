// The company's systems as the tools see them, built once a process.
import type { SystemPorts } from '../../types.ts'
import type { Knowledge } from '../../../ports/knowledge.ts'
import { billingClient } from './billing.ts'
import type { Billing } from './billing.ts'
import { crmClient } from './crm.ts'
import type { Crm } from './crm.ts'
import { orderCache } from './order-cache.ts'
import type { OrderCache } from './order-cache.ts'
import { ordersClient } from './orders.ts'
import type { Orders } from './orders.ts'
import { ticketingClient } from './ticketing.ts'
import type { Ticketing } from './ticketing.ts'

export type Systems = {
  crm: Crm
  orders: Orders
  orderCache: OrderCache
  billing: Billing
  ticketing: Ticketing
  knowledge: Knowledge
}

/** Throws when an address is missing, naming all that are. */
export function electronicsStoreSystems({ http, soap, cache, knowledge, settings }: SystemPorts): Systems {
  const missing: string[] = []
  const address = (name: string): string => {
    const value = Object.hasOwn(settings, name) ? settings[name] : undefined
    if (!value) missing.push(name)
    return value ?? ''
  }
  const systems: Systems = {
    crm: crmClient(http, address('crm')),
    orders: ordersClient(http, address('orders')),
    orderCache: orderCache(cache),
    billing: billingClient(soap, address('billing')),
    ticketing: ticketingClient(http, address('ticketing')),
    knowledge,
  }
  if (missing.length > 0) throw new Error(`desk electronics-store: no address given for ${missing.join(', ')}`)
  return systems
}
