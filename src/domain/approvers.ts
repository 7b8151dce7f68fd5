// Colleagues who may decide by a signed link, as APPROVERS lists them.
import type { ApproverRole, Needed } from './approval.ts'

export type Approver = { id: string; name: string; role: ApproverRole }

/** Who of them is sent a link: whoever's decision can count. Of several people only one needs the role. */
export const askedOf = (approvers: readonly Approver[], needed: Needed, customerId: string): Approver[] =>
  approvers.filter(
    ({ id, role }) => id !== customerId && (needed.people > 1 || needed.role === 'agent' || role === 'supervisor'),
  )

/** Reads the JSON list; null when it is none, or names somebody twice. */
export function readApprovers(text: string): Approver[] | null {
  try {
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list) || !list.every(isApprover)) return null
    return new Set(list.map(({ id }) => id)).size === list.length ? list : null
  } catch {
    return null
  }
}

function isApprover(value: unknown): value is Approver {
  if (typeof value !== 'object' || value === null) return false
  const { id, name, role, ...rest } = value as Record<string, unknown>
  const named = typeof id === 'string' && /^[\w.@-]{1,64}$/.test(id) && typeof name === 'string' && name.trim() !== ''
  return named && (role === 'agent' || role === 'supervisor') && Object.keys(rest).length === 0
}
