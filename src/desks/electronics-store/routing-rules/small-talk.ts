// Greetings, thanks, farewells and "are you a bot", when nothing else stands in the text: answered from the catalogue.
import type { TextKey } from '../../../domain/catalogue.ts'
import type { RoutingRule } from '../../../domain/routing.ts'
import { shortText } from './fold-text.ts'

const HAIL =
  '(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|servus|moin|bonjour|bonsoir|salut|hola|buenos dias|buenas tardes|ciao|buongiorno|buonasera|ola|bom dia|boa tarde|hoi|goedemorgen|goedemiddag|czesc|dzien dobry|merhaba|selam)'
const WHOM =
  '(?: (?:there|all|everyone|everybody|team|again|ai|bot|assistant|computer|machine|friend|buddy|sir|madam|my friend|to you))*'
const BOT =
  '(?:bot|robot|chatbot|machine|computer|program|ai|a\\.?i|artificial(?: intelligence)?|automated|human(?: being)?|person|real|alive|software)'
const A_BOT = `(?:an? |some |just |only |really |actually |even |live |living |real )*${BOT}(?: (?:bot|robot|person|human|program|assistant|being))?`
const FEEL =
  "(?:how (?:are|r) (?:you|u|things|ya)|how do you (?:do|feel)|how(?:'s| is| has| have) (?:it|life|things|everything|your day|the day|you|your day been)|how(?:'s| is) it (?:going|been)|what'?s (?:up|new|happening)|are you (?:doing )?(?:ok|okay|well|good|alright|fine))"

const SMALL_TALK: readonly [TextKey, RegExp][] = [
  ['greeting', new RegExp(`^(?:${HAIL}${WHOM} ?){1,3}$`)],
  [
    'how_are_you',
    new RegExp(
      `^(?:${HAIL}${WHOM} |so |well |tell me |ai ){0,2}${FEEL}(?: (?:going|doing|feeling|been|today|these days|right now|now|with you|so far|then|ai|bot|there|my friend)){0,4}$`,
    ),
  ],
  [
    'thanks',
    /^(?:(?:ok|okay|great|perfect|good|nice|cool|awesome|alright|all right|wonderful|excellent|super|yes|no|well|hey|that helps|got it|that's all|that is all) ){0,3}(?:thanks?(?: you| u)?|thx|ty|cheers|much appreciated|i appreciate (?:it|that|the help|your help)|appreciate (?:it|that|the help|your help)|danke(?: schon| sehr)?|vielen dank|merci(?: beaucoup)?|(?:muchas )?gracias|grazie(?: mille)?|(?:muito )?obrigad[oa]|bedankt|dank je(?: wel)?|dziekuje|tesekkurler|tesekkur ederim)(?: (?:you|so|very|much|a|lot|bunch|ton|million|again|kindly|really|indeed|for|your|the|all|of|this|that|it|help|helping|me|out|assistance|support|time|quick|great|good|fast|answer|answers|reply|response|info|information|everything|ai|bot|friend|sir|beaucoup|mate|buddy|bye|worked|works|helped|helps|was|is|now)){0,8}$/,
  ],
  [
    'goodbye',
    /^(?:(?:ok|okay|great|alright|all right|well|thanks|thank you|that's all|cool|good) ){0,3}(?:bye(?: bye)?|good ?bye|good ?night|see (?:you|ya)|cya|farewell|take care|so long|later|(?:talk|speak) to you (?:later|soon)|have a (?:nice|good|great|lovely) (?:day|one|evening|night|weekend|time)|tschuss|auf wiedersehen|au revoir|adios|hasta luego|arrivederci|tchau|tot ziens|do widzenia)(?: (?:bye|now|for|then|later|soon|again|ai|bot|everyone|all|friend|my|and|take|care|have|a|nice|good|great|day|evening|thanks|thank|you|ya|tomorrow|around)){0,6}$/,
  ],
  [
    'about_ai',
    new RegExp(
      `^(?:${HAIL}${WHOM} |so |wait |but |hold on |tell me |please |ok |um |can you tell me |do you know |could you tell me |i want to know |i wonder ){0,3}(?:(?:if |whether )?(?:are you|you are|you're|is this|this is|is it|are u|is that|am i (?:talking|speaking|chatting|writing|texting) (?:to|with)|i am (?:talking|speaking|chatting) (?:to|with)|i'm (?:talking|speaking|chatting) (?:to|with)|is there|are we (?:talking|speaking) to)) ${A_BOT}(?:,? (?:or|or are you|or is this|and not) (?:not|${A_BOT}))?(?: (?:here|right now|now|there|or what|talking|that i'm talking to|please|i am talking to|i'm talking to|behind this|on the other end)){0,2}$`,
    ),
  ],
  [
    'about_ai',
    /^(?:(?:so|and|hi|hello|hey) ){0,2}(?:who|what) (?:are you|am i (?:talking|speaking|chatting) (?:to|with))(?: (?:exactly|then|anyway|really))?$/,
  ],
]

/** Nothing but courtesy, or the question what we are: intent none, a text of the catalogue, no model. */
export const smallTalk: RoutingRule = {
  name: 'small-talk',
  decide(text) {
    const read = shortText(text)
    if (read === null || read === '') return null
    const found = SMALL_TALK.find(([, pattern]) => pattern.test(read))
    return found ? { intent: 'none', confidence: 0.95, text: found[0] } : null
  },
}
