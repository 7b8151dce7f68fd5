// Routing by rules: which specialist answers, and which reads are worth making before the model is asked [A1 C10].
import type { TextKey } from './catalogue.ts'
import type { JsonObject } from './json.ts'

/** What a question is about, in the words of the desk: each of its specialists answers one intent (snake_case). */
export type Intent = string
/** The intent that carries no request: no specialist answers it, and no tool may start for it. */
export const NO_REQUEST = 'none'

export type Prefetch = {
  tool: string
  input: JsonObject
  /** The rule is sure that this read answers the question: the first model call is then made without the other tools. */
  answers?: true
}

/** What a rule says of a text it matches. */
export type RouteDecision = {
  intent: Intent
  /** 0 to 1. */
  confidence: number
  /** Reads whose results stand in the prompt of the first model call. */
  prefetch?: Prefetch[]
  /** Answer with this text of the catalogue, without any model. */
  text?: TextKey
  /** A person is needed: hand over without asking a model. */
  escalate?: 'person_requested' | 'anger' | 'safety'
}

export type RoutingRule = {
  name: string
  /** Looks at the turn's messages, joined by newlines, and says nothing when it does not apply. */
  decide: (text: string, context: RoutingContext) => RouteDecision | null
}

/** What rules may look at besides the text. `lastIntent` is that of the conversation's previous turn. */
export type RoutingContext = { lastIntent: Intent | null; facts: { kind: string; value: string }[] }

/** A guest is told to sign in where a rule's reads would look at a customer's records. */
export function routeForGuest(route: RouteDecision, publicTools: ReadonlySet<string>): RouteDecision {
  if (route.prefetch?.every(({ tool }) => publicTools.has(tool)) ?? true) return route
  const { prefetch: _reads, ...without } = route
  return route.escalate ? without : { ...without, text: 'sign_in_first' }
}

/** The first rule that speaks wins; null means the router's model decides. */
export function routeByRules(
  rules: readonly RoutingRule[],
  text: string,
  context: RoutingContext,
): (RouteDecision & { rule: string }) | null {
  for (const rule of rules) {
    const decision = rule.decide(text, context)
    if (decision) return { ...decision, rule: rule.name }
  }
  return null
}
