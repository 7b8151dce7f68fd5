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

/** The same in the languages of person-words.ts that are met most; folded, so without accents. */
const IN_OTHER_LANGUAGES: readonly RegExp[] = [
  /\b(?:unverschamtheit|frechheit|unverschamt|inakzeptabel|eine zumutung|ein skandal|saftladen|betruger(?:verein)?)\b|\bich bin (?:so |echt |wirklich |sehr |stink)?(?:wutend|sauer|stinksauer|emport)\b|\b(?:mein anwalt|zum anwalt|verklagen|verklage sie)\b/,
  /\b(?:inadmissible|scandaleux|inacceptable|une honte|bande de (?:voleurs|nuls|incapables))\b|\bje suis (?:vraiment |tres )?(?:furieu(?:x|se)|en colere|outree?)\b|\b(?:mon avocat|porter plainte)\b/,
  /\b(?:inaceptable|indignante|una verguenza|una estafa|(?:ladrones|inutiles|incompetentes|sinverguenzas))\b|\bestoy (?:muy )?(?:furios[oa]|indignad[oa]|hart[oa] de)\b|\b(?:mi abogado|demandarlos)\b/,
  /\b(?:inaccettabile|vergognoso|una vergogna|uno schifo|incompetenti|truffatori)\b|\bsono (?:molto )?(?:furios[oa]|arrabbiat[oa]|indignat[oa])\b|\bmio avvocato\b/,
  /\b(?:inaceitavel|um absurdo|uma vergonha|incompetentes|golpistas)\b|\bestou (?:muito )?(?:furios[oa]|indignad[oa]|revoltad[oa])\b|\bmeu advogado\b/,
  /\b(?:onacceptabel|schandalig|schandalige|oplichters|een schande)\b|\bik ben (?:echt |heel |zo )?(?:woedend|razend|boos)\b|\bmijn advocaat\b/,
  /\b(?:niedopuszczalne|skandal|oburzajace|oszusci)\b|\bjestem wsciek\w+|\bmoj prawnik\b/,
  /\b(?:rezalet|kabul edilemez|dolandirici\w*)\b|\bcok (?:sinirliyim|kizginim|ofkeliyim)\b|\bavukatim\b/,
]

/** Insults at us, fury, threats of court. */
export const anger: RoutingRule = {
  name: 'anger',
  decide(text) {
    const read = foldText(text)
    return [...ANGER, ...IN_OTHER_LANGUAGES].some((pattern) => pattern.test(read))
      ? { intent: 'escalation', confidence: 0.95, escalate: 'anger' }
      : null
  },
}
