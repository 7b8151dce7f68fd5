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

/** The same in the languages of person-words.ts; folded, so without accents. */
const IN_OTHER_LANGUAGES: readonly RegExp[] = [
  // German
  /\b(?:riecht|stinkt|rieche|geruch)\b[^.!?\n]{0,25}\b(?:gas|verbrannt\w*|rauch|angebrannt|brand\w*)\b|\b(?:gas|brand)geruch\b/,
  /\b(?:brennt|raucht|qualmt|explodiert|funken|in flammen|feuer gefangen|akku (?:ist )?(?:aufgeblaht|geblaht))\b|\bstromschlag\b/,
  // French
  /\b(?:sens|sent|odeur de)\b[^.!?\n]{0,20}\b(?:gaz|brule|fumee)\b|\b(?:a pris feu|prend feu|en feu|fait des etincelles|(?:de la|sort de la) fumee|choc electrique|batterie (?:est )?gonflee|a explose)\b/,
  // Spanish
  /\b(?:huele|huelo|olor)\b[^.!?\n]{0,15}\b(?:gas|quemado|humo)\b|\b(?:sale humo|echa humo|se (?:esta )?(?:quema(?:ndo)?|incendi\w+)|en llamas|descarga electrica|ha explotado|exploto|bateria (?:esta )?hinchada)\b/,
  // Italian
  /\b(?:sento|odore|puzza)\b[^.!?\n]{0,15}\b(?:gas|bruciato|fumo)\b|\b(?:esce (?:del )?fumo|sta bruciando|ha preso fuoco|in fiamme|scossa elettrica|e esplos[oa]|batteria (?:e )?gonfia)\b/,
  // Portuguese
  /\b(?:cheir\w+)\b[^.!?\n]{0,15}\b(?:gas|queimado|fumaca|fumo)\b|\b(?:saindo fumaca|esta a deitar fumo|pegou fogo|pegando fogo|em chamas|choque eletrico|explodiu|bateria (?:esta )?(?:inchada|estufada))\b/,
  // Dutch
  /\b(?:ruik|ruikt|stinkt|lucht)\b[^.!?\n]{0,15}\b(?:gas|brand|verbrand|rook)\b|\b(?:gaslucht|brandlucht|staat in brand|in brand gevlogen|er komt rook|elektrische schok|is ontploft|accu (?:is )?(?:opgezwollen|gezwollen))\b/,
  // Polish
  /\b(?:czuje|czuc|smierdzi|zapach)\b[^.!?\n]{0,15}\b(?:gaz\w*|spaleni\w+|dym\w*)\b|\b(?:pali sie|zapalil\w* sie|dymi(?: sie)?|iskrzy|porazil\w* mnie|wybuchl\w*|spuchniet\w+ bateri\w+)\b/,
  // Turkish
  /\b(?:gaz|yanik|duman) kok\w+|\b(?:yaniyor|alev aldi|duman cikiyor|kivilcim|elektrik carpti|patladi|pil(?:i)? sisti)\b/,
]

/** Words of danger: smoke, fire, gas, a burning smell, a shock, a swollen battery. */
export const safety: RoutingRule = {
  name: 'safety',
  decide(text) {
    const read = foldText(text).replace(HARMLESS, ' ')
    if (![...DANGER, ...IN_OTHER_LANGUAGES].some((pattern) => pattern.test(read))) return null
    return { intent: 'escalation', confidence: 1, escalate: 'safety' }
  },
}
