// Short honest answers where no tool has any business.
import { classify } from './intents.ts'

const answers: [pattern: RegExp, answer: string][] = [
  [
    /\b(are|r) (you|u)\b.*\b(bot|robot|human|person|ai|a\.i|real|alive|computer|machine|program)\b|\b(am i|is this)\b.*\b(bot|robot|human|person|ai|machine)\b|\b(who|what) are you\b|\b(human|person|ai|bot|robot|computer)\b.{0,20}\bor\b.{0,20}\b(human|person|ai|bot|robot|computer|machine)\b/i,
    'I am an AI assistant of this store, not a person. I can look things up and change orders for you, and I can bring in a colleague whenever you like.',
  ],
  [
    /^\W*(thanks?|thank you|thx|cheers|great|perfect|awesome|that('?s| is) (great|all|it|perfect)|wonderful)\b/i,
    'You are welcome. Just write again whenever you need something.',
  ],
  [/^\W*(bye|goodbye|see you|good night|ciao|have a (nice|good))\b/i, 'Goodbye, and thank you for writing.'],
  [
    /^\W*(hi|hello|hey|good (morning|afternoon|evening|day)|greetings|howdy|yo)\b/i,
    'Hello. I am the AI assistant of this store. I can help with orders, your account, billing and your devices. What can I do for you?',
  ],
  [
    /^\W*((no|nope|nah)(?=\W*$|[,.;!]|\s+(thanks?|thank|need|i|it|that|not|please|don|leave)\b)|never ?mind|forget it|(please )?do ?n[o']t)\b/i,
    'All right, I leave it as it is. Write again whenever you need something.',
  ],
]

const questions = new Map([
  ['order', 'I can look up, change or cancel an order. Which order is it, and what would you like to know or do?'],
  [
    'account',
    'I can look at your account and billing, send a password reset, or give you a link to change your payment method. Which of these is it?',
  ],
  ['tech_support', 'I can search our help articles for you. Which device is it, and what does it do?'],
])

const unclear =
  'I am an AI assistant for orders, accounts, billing and devices of this store, so I cannot help with that. If it is about one of these, tell me a little more.'

/** The answer to small talk; undefined when the text is none. */
export function smallTalk(text: string): string | undefined {
  if (text.trim().split(/\s+/).length > 14) return undefined
  return answers.find(([pattern]) => pattern.test(text))?.[1]
}

/** The answer to everything nobody understood: a question back when the words point somewhere, else what this assistant is for. */
export function notUnderstood(text: string): string {
  const { family, confidence } = classify(text)
  const back = confidence < 0.6 ? undefined : questions.get(family)
  return back ?? unclear
}
