// Answers from passages: the sentences that share most words with the question, each with its citation.
import { field, findObjects, textOf } from './results.ts'
import type { Fields } from './results.ts'
import { contentStems, sentencesOf } from './words.ts'

/** The answer from these passages; says so when nothing fits. `instructions` is the system prompt, which may name a form of citing. */
export function describePassages(value: unknown, question: string, instructions: string): string {
  const passages = findObjects(value, (object) => bodyOf(object).length > 20)
  const wanted = contentStems(question)
  const scored = passages.flatMap((passage, index) =>
    sentencesOf(bodyOf(passage)).map((sentence, position) => ({
      sentence,
      position,
      passage,
      index,
      score:
        overlap(wanted, sentence) +
        priceBonus(question, sentence) +
        0.7 * overlap(wanted, titleOf(passage)) -
        index * 0.15 -
        (sentence.endsWith(':') ? 1 : 0),
    })),
  )
  const fitting = scored.filter(
    (entry) =>
      entry.score >= (wanted.size > 1 ? 1.2 : 0.7) && entry.sentence.length > 20 && !/^#|\?$/.test(entry.sentence),
  )
  const top = Math.max(...fitting.map((entry) => entry.score))
  const best = fitting
    .filter((entry) => entry.score >= top * 0.6)
    .toSorted((a, b) => b.score - a.score || a.index - b.index || a.position - b.position)
    .slice(0, 3)
  if (best.length === 0) {
    return 'I found nothing about that in our help articles. Would you like me to bring in a person?'
  }
  return best
    .toSorted((a, b) => a.index - b.index || a.position - b.position)
    .map(({ sentence, passage, index }) => {
      const text = sentence.length > 300 ? `${sentence.slice(0, 297)}...` : sentence
      return `${text.replace(/([^.!?])$/, '$1.')} ${citation(passage, index, instructions)}`
    })
    .join(' ')
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

function titleOf(passage: Fields): string {
  return `${textOf(field(passage, 'title'))} ${textOf(field(passage, 'heading'))} ${textOf(field(passage, 'document'))}`
}

/** A question about a price is answered by a sentence with one. */
function priceBonus(question: string, sentence: string): number {
  return /\b(cost|costs|price|fees?|much|expensive|charge)\b/i.test(question) && /[$€£]\s?\d|\bfree\b/i.test(sentence)
    ? 1
    : 0
}

function overlap(wanted: Set<string>, text: string): number {
  return [...contentStems(text)].filter((word) => wanted.has(word)).length
}
