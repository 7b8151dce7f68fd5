// What every transaction needs. A desk reaches the kernel as plain rules; the kernel never imports a desk.
import type { Kysely } from 'kysely'
import type { Approver } from '../domain/approvers.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { HandoffBrief } from '../domain/escalation.ts'
import type { JsonObject } from '../domain/json.ts'
import type { FactPattern } from '../domain/memory.ts'
import type { DeskPolicy } from '../domain/policy.ts'
import type { Intent, RoutingRule } from '../domain/routing.ts'
import type { WriteRules } from '../domain/write-rules.ts'
import type { Bus } from '../ports/bus.ts'
import type { Committed } from './conversation-row.ts'
import type { Tables } from './tables.ts'

export type DeskRules = {
  name: string
  policy: DeskPolicy
  catalogue: Catalogue
  facts: readonly FactPattern[]
  routingRules: readonly RoutingRule[]
  /** What its questions can be about, NO_REQUEST included. */
  intents: readonly Intent[]
  specialistOf: (intent: Intent) => string | null
  /** Names of the tools that guests may use. */
  publicTools: ReadonlySet<string>
  /** Its writes by tool name. */
  writes: ReadonlyMap<string, WriteRules>
  /** Reads whose results hold text of strangers. */
  untrusted: ReadonlySet<string>
  /** The write that opens a ticket at a handoff. */
  ticket: { tool: string; input: (brief: HandoffBrief) => JsonObject }
}

export type Kernel = {
  db: Kysely<Tables>
  tenant: string
  desks: ReadonlyMap<string, DeskRules>
  bus: Bus
  /** Injected so that tests and simulations rule time; read after the row is locked. */
  now: () => Date
  /** Where links to a conversation point, without a trailing slash. */
  publicUrl: string
  /** Told of every committed transaction; counts metrics and must not throw. */
  observe: (committed: Committed) => void
  /** Somebody outside is told by webhook; else no notice is written. */
  notifies: boolean
  /** Deciding on approvals by signed link; without a secret one is made and kept in the store. */
  links: { secret: string | null; approvers: readonly Approver[] }
  sentimentOf: (text: string) => HandoffBrief['sentiment']
}

/** The rules of a conversation's desk. A row of a desk this process was not given is an operator's mistake. */
export function deskRules(kernel: Kernel, desk: string): DeskRules {
  const rules = kernel.desks.get(desk)
  if (!rules) throw new Error(`The desk "${desk}" is not in DESK of this process.`)
  return rules
}
