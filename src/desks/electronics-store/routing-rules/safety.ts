// Danger from a device, or to a person. A person is brought in before anything else is thought of.
import type { RoutingRule } from '../../../domain/routing.ts'
import { foldText } from './fold-text.ts'

const HARMLESS =
  /\b(?:smoke (?:detectors?|alarms?|sensors?)|no[- ]smoking|fire ?(?:tv|sticks?|tablets?|hd|walls?|fox|wire|sales?|places?)|burning questions?|burn(?:ing)? through)\b/g

const DANGER: readonly RegExp[] = [
  /\b(?:smell(?:s|ing|ed)?|stinks?|stench|odou?rs?)\b[^.!?\n]{0,25}\b(?:gas|burn(?:ing|t|ed)?|smoke|smoky|melt(?:ing|ed)|fumes)\b/,
  /\b(?:gas|burn(?:ing|t)) (?:smell|odou?r|stench)\b|\bgas leak/,
  /(?<!\b(?:no|not|without|any) )\b(?:smoke|sparks?|flames?|fumes)\b (?:is |are |was |were |started |keeps? )?(?:com(?:ing|es?)|came|pour(?:ing|s|ed)|fl(?:y|ying|ew)|ris(?:ing|es)|shot|shooting)\b/,
  /\b(?:caught|catch(?:es|ing)?|went up in|burst into|is on|was on|on) (?:fire|flames)\b/,
  /\b(?:is|are|was|were|it's|started|starts?|began|keeps?|been) (?:now |still |really |actually )?(?:smoking|sparking|smouldering|smoldering|burning|melting)\b/,
  /\b(?:battery|batteries|phone|laptop|tablet|charger|power bank|headphones?|earbuds?|device)\b[^.!?\n]{0,30}\b(?:explod(?:ed|es|ing)|blew up|swollen|swelling|bulg(?:ed|ing)|leaking|melted|burn(?:ed|t|s) (?:my|me))\b/,
  /\b(?:swollen|bulging|exploding|leaking) (?:battery|batteries|power bank)\b/,
  /\b(?:electric(?:al)? shocks?|electrocut\w+|shocked me|(?:gave|gives|giving|got) (?:me |us )?(?:a |an )?(?:electric(?:al)? )?shock)\b/,
  /\b(?:kill(?:ing)? myself|suicid\w+|end my life|hurt(?:ing)? myself)\b/,
]

/** Words of danger: smoke, fire, gas, a burning smell, a shock, a swollen battery. */
export const safety: RoutingRule = {
  name: 'safety',
  decide(text) {
    const read = foldText(text).replace(HARMLESS, ' ')
    if (!DANGER.some((pattern) => pattern.test(read))) return null
    return { intent: 'escalation', confidence: 1, escalate: 'safety' }
  },
}
