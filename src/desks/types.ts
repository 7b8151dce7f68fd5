// What a company brings. A desk is one folder: its lists (desk.ts), specialists, tools, systems, rules, policy and articles.
// Nothing outside desks/ knows an order or an invoice.
import type { ZodType } from 'zod'
import type { Catalogue } from '../domain/catalogue.ts'
import type { Citation } from '../domain/conversation.ts'
import type { HandoffBrief } from '../domain/escalation.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import type { FactPattern } from '../domain/memory.ts'
import type { DeskPolicy } from '../domain/policy.ts'
import type { Intent, RoutingRule } from '../domain/routing.ts'
import type { Money, WriteWords } from '../domain/write-rules.ts'
import type { Cache } from '../ports/cache.ts'
import type { CardRow } from '../ports/customer-card.ts'
import type { Knowledge } from '../ports/knowledge.ts'
import type { HttpClient, SoapClient } from '../ports/systems.ts'

/** What a desk's clients are built from; `settings` are the addresses of its systems by name. */
export type SystemPorts = {
  http: HttpClient
  soap: SoapClient
  cache: Cache
  knowledge: Knowledge
  settings: Readonly<Record<string, string>>
}

export type ToolContext<Systems> = {
  tenant: string
  desk: string
  /** The principal, from the conversation row: never from the model. Ownership is checked against it inside the tool. */
  customerId: string
  conversationId: string
  systems: Systems
  /** Writes: the idempotency key (or reference) that must reach the back end. Empty for reads. */
  key: string
  /** Id of the approval it stands on; null when no person was asked. */
  approval: string | null
  signal: AbortSignal
}

/**
 * `ok`: it happened, or here is the answer. `refused`: the business says no, and will again.
 * `data` goes to the model as JSON. An outside failure is thrown, not returned.
 */
export type ToolResult = { outcome: 'ok' | 'refused'; data: Json; citations?: Citation[] }

/** What was found while authorizing a write. */
export type Grounds = {
  /** Canonical arguments, spelled out: what was left to us ("the whole order") with its number. Default: as the model gave them. */
  input?: JsonObject
  /** What was read and the words for a person are made from; default `{}`. */
  facts?: JsonObject
}

/** What a write may do before it is intended: go on, be refused (told to the model), or wait for a person's consent. */
export type Authorization =
  | ({ decision: 'allow' } & Grounds)
  | { decision: 'refuse'; data: Json }
  | ({ decision: 'needs_approval'; why: string } & Grounds)

type ToolBase<Input, Systems> = {
  /** snake_case; what the model calls it. */
  name: string
  description: string
  /** Strict: unknown fields are errors that go back to the model. Holds no customer, tenant, approver, price or URL. */
  input: ZodType<Input>
  /** Milliseconds for one execution. */
  timeout: number
  execute: (input: Input, context: ToolContext<Systems>) => Promise<ToolResult>
}

export type ReadTool<Input, Systems> = ToolBase<Input, Systems> & {
  effect: 'read'
  /** Runs as a local activity: answers well within 1.5 s. */
  quick?: boolean
  /** Holds nothing of any customer, so that guests may use it too. */
  public?: boolean
  /** Its results hold free text that strangers may have written: risky writes asked for behind it need a person. */
  untrusted?: boolean
}

export type WriteTool<Input, Systems> = ToolBase<Input, Systems> & {
  effect: 'write'
  /** The back end answers a repeat of our key with the first outcome, so resending is safe. */
  deduplicates: boolean
  /** The same write again in a later turn is ordinary (a second reset mail) and needs nobody's consent. */
  repeatable?: boolean
  /** What two writes must not do at once, such as `order/12346/cancel`. */
  businessKey?: (input: Input) => string
  /** Ownership and policy, by reads only, before anything is intended. */
  authorize: (input: Input, context: ToolContext<Systems>) => Promise<Authorization>
  /** Asks the back end whether the write with this key happened; null when it knows nothing of it. */
  lookUp: (input: Input, context: ToolContext<Systems>) => Promise<ToolResult | null>
  /** A sentence of the model that matches says that this was done, and is blocked until the ledger says so too. */
  claims?: RegExp[]
  /** What the desk's policy of approvals calls it: `refund`; default its name. */
  kind?: string
  /** Needs a person once untrusted text is in the context. */
  risky?: boolean
  /** The money it moves, from its canonical arguments. */
  amount?: (input: Input, facts: JsonObject) => Money | null
  /** Words for whoever must consent, and for the customer, from the very arguments that will run; pure. */
  describe?: (input: Input, facts: JsonObject, locale: string) => WriteWords
  /** May whoever decides change the arguments so? A sentence that says why not, or null. Without it nothing can be edited. */
  edit?: (edited: Input, before: Input, facts: JsonObject) => string | null
}

export type Tool<Input, Systems> = ReadTool<Input, Systems> | WriteTool<Input, Systems>
// A desk's tools have different inputs; each parses its own with `input` before anything reaches `execute`.
// biome-ignore lint/suspicious/noExplicitAny: see above
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyTool = Tool<any, any>

/** What guests may use, by name or in a list: never a write. */
export const isPublic = (tool: AnyTool): boolean => tool.effect === 'read' && tool.public === true

export type Specialist = {
  name: string
  /** The intent that routes to it, its own in the desk; snake_case. */
  intent: Intent
  /** One line for the router and for colleagues who transfer to it. */
  description: string
  instructions: string
  /** Names in the desk's tool list; nothing else is offered to its model. */
  tools: string[]
  /** `large` when its work wants the larger model; default `small`. */
  model?: 'small' | 'large'
}

/** One section of the customer card: a read of the desk, for the customer of the conversation, and its lines. */
export type CardRead = {
  /** Stands above its lines, such as `Orders`. */
  title: string
  /** Name of a read in the desk's tool list. */
  tool: string
  input: JsonObject
  /** From the `data` of an `ok`; what it throws makes the section unavailable. */
  rows: (data: Json) => CardRow[]
}

export type Desk = {
  /** kebab-case; part of tables, cache keys and search attributes. */
  name: string
  /** Says who the AI is and how it talks; opens every prompt. */
  instructions: string
  specialists: readonly Specialist[]
  tools: readonly AnyTool[]
  routingRules: readonly RoutingRule[]
  policy: DeskPolicy
  catalogue: Catalogue
  facts: readonly FactPattern[]
  /** Folder of Markdown articles, ingested at start; none: no knowledge. */
  knowledge?: URL
  /** Hosts that links in an AI text may point to. */
  linkHosts: readonly string[]
  /** The write that opens a ticket when a person is needed, and its input made from the brief. */
  ticket: { tool: string; input: (brief: HandoffBrief) => JsonObject; ticketId: (data: Json) => string | null }
  /** What people see of the customer beside a conversation, besides what everdesk knows itself; nothing when left out. */
  customerCard?: readonly CardRead[]
  /** Builds the typed clients the tools use, once a process. */
  systems: (ports: SystemPorts) => unknown
}

export const defineDesk = (desk: Desk): Desk => desk
export const defineSpecialist = (specialist: Specialist): Specialist => specialist
/** Bound to a desk's systems once: `const defineTool = toolFor<Systems>()`. */
export const toolFor =
  <Systems>() =>
  <Input>(tool: Tool<Input, Systems>): Tool<Input, Systems> =>
    tool
