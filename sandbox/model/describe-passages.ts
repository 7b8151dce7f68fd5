// Answers from passages: the one that shares most words with the question, told whole when short, with its citation.
import { field, findObjects, textOf } from './results.ts'
import type { Fields } from './results.ts'
import { contentStems, isProduct, sentencesOf } from './words.ts'

const duration =
  /\b(\d+|an?|one|two|three|four|five|six|a few|some)?\s*\b(minutes?|hours?|days?|weeks?|months?|years?)\b(?! (are|do) you)/gi
const asksPrice = /\b(costs?|price|fees?|how much|expensive|pays?)\b(?! (do|does) (i|we) owe)/i
const asksForTime =
  /\bhow (long|soon|many days)\b|\bwhen\b|\b(after|within|for|in) (\d+|an?|one|two|three|four|five|six) (days?|weeks?|months?|years?)\b/i

const MOST_SENTENCES = 4
/** The least score of a passage that is quoted: a word of the question in its heading, or in one of its sentences. */
const ENOUGH = 0.6
const nothingFound = 'I found nothing about that in our help articles. Would you like me to bring in a person?'
const nothingElse =
  'I have no other steps for this in our help articles. Would you like me to bring in a person who looks at it with you?'

/** A passage, its sentences with their scores, and its place in the result. */
interface Scored {
  passage: Fields
  index: number
  sentences: { text: string; score: number }[]
  best: number
}

/**
 * The answer from these passages; says so when nothing fits. `instructions` is the system prompt, which may name a form of
 * citing; `told` is what was said before and did not help; `searched` are the words of the search, which may be an earlier turn's.
 */
export function describePassages(
  value: unknown,
  question: string,
  instructions: string,
  { told = '', searched = '' } = {},
): string {
  const wanted = wantedWords(question, searched)
  const passages = findObjects(value, (object) => bodyOf(object).length > 20).map((passage, index) =>
    score(passage, index, wanted, question, told),
  )
  const [first, second] = passages.filter((passage) => passage.sentences.length > 0).toSorted((a, b) => b.best - a.best)
  if (!first || first.best < ENOUGH) return told === '' ? nothingFound : nothingElse
  // A second passage of the same article often has the other half of the answer, when it is as close to the question.
  const adds = second && [...wanted.keys()].some((word) => !isProduct(word) && has(second, word) && !has(first, word))
  const more = second && adds && isSame(first, second) && second.best >= first.best * 0.85 ? [second] : []
  const chosen = [first, ...more]
  const most = chosen.length > 1 ? 2 : MOST_SENTENCES
  return chosen
    .map((passage) => `${quote(passage, most)} ${citation(passage.passage, passage.index, instructions)}`)
    .join(' ')
}

function score(passage: Fields, index: number, wanted: Map<string, number>, question: string, told: string): Scored {
  const heading = textOf(field(passage, 'heading'))
  const title = contentStems(textOf(field(passage, 'title')))
  const own = [...contentStems(heading)].filter((word) => !title.has(word))
  // A heading tells its passage from the others of the article: the more, when it has words that were not asked for.
  const asked = own.filter((word) => wanted.has(word))
  const headed = weigh(title, wanted) + 1.4 * weigh(asked, wanted)
  const special = 0.25 * (own.length - asked.length)
  const asksHow = /\bhow (do|can|to|should|could)\b/i.test(question)
  const fit = headed - special + (/^how to\b/i.test(heading) ? (asksHow ? 0.6 : -0.5) : 0)
  const sentences = sentencesOf(bodyOf(passage))
    .filter((sentence) => sentence.length > 10 && !/^#|\?$/.test(sentence) && !told.includes(sentence.slice(0, 40)))
    .map((text) => ({ text, score: overlap(wanted, text) + answerBonus(question, text) }))
  const best = Math.max(0, ...sentences.map((sentence) => sentence.score))
  const body = overlap(wanted, bodyOf(passage))
  return { passage, index, sentences, best: best === 0 && headed === 0 ? 0 : best + fit + 0.3 * body - index * 0.1 }
}

/** The whole passage when it is short, else its best sentences in their order; sentences without any word of the question only among steps. */
function quote({ passage, sentences }: Scored, most: number): string {
  const whole = sentences.length <= most && bodyOf(passage).length <= 420
  const top = whole
    ? sentences
    : sentences
        .filter((sentence) => sentences.filter((other) => other.score > sentence.score).length < most)
        .slice(0, most)
  return top
    .map(({ text }) =>
      (text.length > 300 ? `${text.slice(0, 297)}...` : text).replace(/:$/, '.').replace(/([^.!?])$/, '$1.'),
    )
    .join(' ')
}

function has({ passage }: Scored, word: string): boolean {
  return contentStems(`${textOf(field(passage, 'heading'))} ${bodyOf(passage)}`).has(word)
}

function isSame(one: Scored, other: Scored): boolean {
  const id = (passage: Fields): string => textOf(field(passage, 'document', 'document_id', 'id', 'title'))
  return id(one.passage) !== '' && id(one.passage) === id(other.passage)
}

/** `[1]` by default; the passage's own mark when it has one; `[id]` when the instructions show that form. */
function citation(passage: Fields, index: number, instructions: string): string {
  const own = textOf(field(passage, 'cite', 'citation', 'cite_as', 'marker', 'ref'))
  if (own !== '') return own.startsWith('[') ? own : `[${own}]`
  const id = textOf(field(passage, 'id', 'document_id', 'document', 'passage_id', 'slug'))
  const byId = !/\[1\]|\[n\]/i.test(instructions) && /\bcite\b[^\n]*\[[a-z][a-z_ -]*\]/i.test(instructions)
  return byId && id !== '' ? `[${id}]` : `[${textOf(field(passage, 'index', 'n')) || index + 1}]`
}

function bodyOf(object: Fields): string {
  return textOf(field(object, 'text', 'passage', 'content', 'snippet', 'body', 'excerpt'))
}

/** A question about a price is answered by a sentence with one, a question about time by one with days or hours. */
function answerBonus(question: string, sentence: string): number {
  const price = asksPrice.test(question) ? (/[$€£]\s?\d/.test(sentence) ? 1.5 : /\bfree\b/i.test(sentence) ? 1 : 0) : 0
  const time =
    asksForTime.test(question) && /\d+ (business |working )?(minutes|hours|days|weeks|months|years)\b/i.test(sentence)
  const hours =
    /\b(open(ing)?|hours|closed?)\b/i.test(question) && /\d{1,2}:\d\d|\b(mon|satur|sun)days?\b/i.test(sentence)
  return price + (time ? 1 : 0) + (hours ? 1.5 : 0)
}

/** The words an answer should have: the customer's own count whole, those only searched for half. */
function wantedWords(question: string, searched: string): Map<string, number> {
  const own = contentStems(question.replaceAll(duration, ' '))
  if (asksPrice.test(question)) own.add('cost')
  const all = [...new Set([...own, ...contentStems(searched)])]
  // Nearly every article says "order": beside other words it tells nothing.
  const telling = all.filter((word) => word !== 'order' && !/^\d+$/.test(word))
  return new Map((telling.length > 0 ? telling : all).map((word) => [word, own.has(word) ? 1 : 0.5]))
}

function overlap(wanted: Map<string, number>, text: string): number {
  return weigh(contentStems(text), wanted)
}

function weigh(words: Iterable<string>, wanted: Map<string, number>): number {
  return [...words].reduce((sum, word) => sum + (wanted.get(word) ?? 0), 0)
}
