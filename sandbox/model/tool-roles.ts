// Which offered tool serves which wish: by its name first, then by its description.
import type { OfferedTool } from './request.ts'
import type { WishKind } from './wishes.ts'

/** What a tool is for. */
export type ToolRole = WishKind | 'transfer' | 'ticket'

const byName: [ToolRole, RegExp][] = [
  ['transfer', /^(transfer|hand_?over|delegate|switch)/],
  ['person', /escalat|human|hand_?off|person/],
  ['ticket', /ticket/],
  ['knowledge', /knowledge|search|article|docs|faq/],
  ['cancel', /cancel/],
  ['refund', /refund/],
  ['credit', /credit(?!_?card)/],
  ['payment_method', /payment_?(method|link|details)|update_?payment/],
  ['modify', /(modify|change|update|edit|amend).*order|order.*(modify|change|update)/],
  ['list_orders', /(list|all|recent|find|search).*orders|orders?_?(list|history)/],
  ['order_status', /order.*status|track|(get|fetch|show|look_?up|check).*order|shipment/],
  ['password', /password|credential/],
  ['billing', /billing|invoice|balance|bill/],
  ['profile', /customer|profile|account/],
]

/** The tools by what they are for; the first that fits wins. */
export function rolesOf(tools: OfferedTool[]): Map<ToolRole, OfferedTool> {
  const roles = new Map<ToolRole, OfferedTool>()
  const left: OfferedTool[] = []
  for (const tool of tools) {
    const role = roleOfName(tool.name)
    if (!role) left.push(tool)
    else if (!roles.has(role)) roles.set(role, tool)
  }
  for (const tool of left) {
    const role = roleOfName(tool.description.slice(0, 120))
    if (role && !roles.has(role)) roles.set(role, tool)
  }
  return roles
}

/** What a tool of this name is for, if the name tells. */
export function roleOfName(name: string): ToolRole | undefined {
  const plain = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return byName.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** The family a wish belongs to, for a transfer to the specialist who has the tool. */
export const familyOf: Readonly<Record<WishKind, string>> = {
  order_status: 'order',
  list_orders: 'order',
  cancel: 'order',
  modify: 'order',
  refund: 'order',
  credit: 'order',
  password: 'account',
  billing: 'account',
  payment_method: 'account',
  profile: 'account',
  knowledge: 'tech_support',
  person: 'escalation',
}
