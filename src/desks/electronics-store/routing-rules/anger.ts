// Strong anger or abuse goes to a person. A swear word in a question is not anger.
import type { RoutingRule } from '../../../domain/routing.ts'
import { foldText } from './fold-text.ts'

const ANGER: readonly RegExp[] = [
  /\bf+u+c+k+ (?:you|u|off|this (?:company|shop|store|bot))\b|\b(?:screw|damn) you\b|\bgo to hell\b|\bpiss off\b|\bshut (?:the \w+ )?up\b|\b(?:stfu|gtfo)\b/,
  /\byou(?:'re| are| people are| guys are| lot are|r)? (?:all |just |a |such |a bunch of |an? |bloody |fucking |damn |complete |absolute |total |utter ){0,4}(?:idiots?|morons?|imbeciles?|incompetent|liars?|thieves|thief|scammers?|crooks?|clowns?|pathetic|scum|assholes?|arseholes?|bastards?)\b/,
  /\b(?:worst|shittiest|most (?:useless|incompetent))\b[^.!?\n]{0,25}\b(?:company|service|support|shop|store|experience)\b/,
  /\b(?:terrible|horrible|disgusting|appalling|awful|atrocious|abysmal|shitty) (?:customer )?(?:service|support|company|treatment)\b/,
  /\bi(?:'m| am) (?:so |really |very |extremely |absolutely |beyond |fucking |bloody |getting ){0,3}(?:furious|livid|outraged|disgusted|fuming|pissed|enraged|angry|fed up|sick and tired of (?:this|you|your))\b/,
  /\b(?:this|that|it)(?:'s| is) (?:so |absolutely |completely |totally |simply |just |fucking |bloody |an? )*(?:outrageous|unacceptable|disgraceful|disgrace|outrage|bullshit)\b/,
  /\b(?:sue|suing) (?:you|your|this company)\b|\btake (?:you|this) to court\b|\blegal action\b|\b(?:my|a) (?:lawyer|attorney|solicitor) (?:will|is|about)\b|\bhear(?:ing)? from my (?:lawyer|attorney|solicitor)\b/,
  /\bi (?:really |fucking |absolutely )?(?:hate|despise) (?:you|this company|your (?:company|service|shop|store))\b/,
]

/** Insults at us, fury, threats of court. */
export const anger: RoutingRule = {
  name: 'anger',
  decide(text) {
    const read = foldText(text)
    return ANGER.some((pattern) => pattern.test(read))
      ? { intent: 'escalation', confidence: 0.95, escalate: 'anger' }
      : null
  },
}
