// What every write on an order shares.
import type { ToolContext, ToolResult } from '../../types.ts'
import type { Systems } from '../systems/systems.ts'
import { viewOrder } from './order-view.ts'
import { resultOf } from './results.ts'

/** Asks the order system whether the write with this key happened. The cached status may be older, so it goes either way. */
export async function lookUpOrderWrite(
  { order }: { order: string },
  { systems, tenant, desk, customerId, key, signal }: ToolContext<Systems>,
): Promise<ToolResult | null> {
  const reply = await systems.orders.outcomeOf(key, signal)
  await systems.orderCache.drop({ tenant, desk, customerId }, order)
  return reply && resultOf(reply, viewOrder)
}
