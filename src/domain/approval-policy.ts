// Which writes need whom, as a desk decides it: data with a version, and one pure function over it. Money is integer cents.
import type { ConsentReason, Needed } from './approval.ts'

export type ApprovalPolicy = {
  /** By kind of write: up to this amount nobody is asked. A kind that is not named has no limit by amount. */
  freeUpTo: Readonly<Record<string, { cents: number; byTier?: Readonly<Record<string, number>> }>>
  /** What a customer's writes of a day may add up to before a person is asked; null: anything. */
  dailyCents: number | null
  /** A risky write asked for with untrusted text in the context needs a person. */
  askWhenTainted: boolean
  /** Who is needed, by amount: the first step whose `upTo` is not exceeded; the last one has no bound. */
  steps: readonly ({ upTo: number | null } & Needed)[]
  /** Milliseconds a request waits before it expires. */
  expiresAfter: number
}

export type WriteInQuestion = {
  /** `refund`, `credit`, `cancel` ...: the tool's own word. */
  kind: string
  /** 0 when it moves no money. */
  amountCents: number
  /** The customer's tier; null when it is not known. */
  tier: string | null
  risky: boolean
  /** Untrusted text stood in the context of the model that asked for it. */
  tainted: boolean
  /** What the customer's writes of today have come to before this one. */
  settledTodayCents: number
  /** The tool itself says that a person must consent. */
  toolAsks: boolean
  /** The same write was made, or may have been, in an earlier turn. */
  madeBefore: boolean
}

export type Consent = { kind: 'allow' } | { kind: 'approval'; needed: Needed; reasons: ConsentReason[] }

export function consentFor(policy: ApprovalPolicy, write: WriteInQuestion): Consent {
  const reasons = reasonsFor(policy, write)
  return reasons.length === 0
    ? { kind: 'allow' }
    : { kind: 'approval', needed: neededFor(policy, write.amountCents), reasons }
}

/** Who must consent to a write of this amount, whatever the reason. */
export function neededFor(policy: ApprovalPolicy, amountCents: number): Needed {
  const step = policy.steps.find(({ upTo }) => upTo === null || amountCents <= upTo) ?? policy.steps.at(-1)
  // A policy without a step is as strict as one can be.
  return step ? { role: step.role, people: step.people } : { role: 'supervisor', people: 2 }
}

function reasonsFor(policy: ApprovalPolicy, write: WriteInQuestion): ConsentReason[] {
  const free = Object.hasOwn(policy.freeUpTo, write.kind) ? policy.freeUpTo[write.kind] : undefined
  const tier = write.tier ?? ''
  const byTier = free?.byTier && Object.hasOwn(free.byTier, tier) ? free.byTier[tier] : undefined
  const limit = byTier ?? free?.cents ?? null
  const today = write.settledTodayCents + write.amountCents
  const applies: Record<ConsentReason, boolean> = {
    amount: limit !== null && write.amountCents > limit,
    daily_sum: write.amountCents > 0 && policy.dailyCents !== null && today > policy.dailyCents,
    untrusted_text: policy.askWhenTainted && write.risky && write.tainted,
    tool: write.toolAsks,
    made_before: write.madeBefore,
  }
  return (Object.keys(applies) as ConsentReason[]).filter((reason) => applies[reason])
}

/** Nothing by amount; what a tool, untrusted text or a repeat asks for needs one agent within a day. */
export const DEFAULT_APPROVALS: ApprovalPolicy = {
  freeUpTo: {},
  dailyCents: null,
  askWhenTainted: true,
  steps: [{ upTo: null, role: 'agent', people: 1 }],
  expiresAfter: 24 * 60 * 60_000,
}
