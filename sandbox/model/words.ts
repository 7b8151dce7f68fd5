const stopWords = new Set(
  `a about all also am an and any are as at be been but by can could did do does for from get got had has have hello help
  hey hi how i if in into is it its just know like me my need of on or our out please so some tell than thank thanks that
  the their them then having there these they this to us want was we were what when where which who why will with would you your not no will there's its only pays very more much after before about long`
    .split(/\s+/)
    .filter(Boolean),
)

/** Lower-case words of a text; apostrophes are dropped, so `can't` is `cant`. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .replaceAll(/\bwi-fi\b/g, 'wifi')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** A crude stem: `returned`, `returning` and `returns` are one word. */
export function stem(word: string): string {
  if (word.length <= 4) return word.replace(/s$/, '')
  return word.replace(/(ings?|edly|ed|ies|es|s|ly|e)$/, '').replace(/(.)\1$/, '$1')
}

/** The words that carry content, in order, once each. */
export function contentWords(text: string): string[] {
  return [...new Set(wordsOf(text).filter((word) => !stopWords.has(word)))]
}

const ruleWord =
  /^(return\w*|refund\w*|warrant\w*|guarantee\w*|repair\w*|exchang\w*|cancel\w*|shipp?\w*|deliver\w*|recycl\w*|match|complain\w*|invoices?)$/
const productWord =
  /^(headphones?|headsets?|speakers?|soundbars?|tvs?|televisions?|laptops?|notebooks?|tablets?|cameras?|watch(es)?|smartwatch(es)?|monitors?|keyboards?|printers?|vacuums?|bulbs?|phones?|webcams?|kettles?|toasters?|lamps?|cables?|products?)$/
const timeWord = /^(\d+|minutes?|days?|weeks?|months?|years?|ago|later|orders?)$/

/** True for the name of a kind of product. */
export function isProduct(word: string): boolean {
  return productWord.test(word)
}

/** True for a question about a rule of the shop (returns, warranty, delivery ...), which is the same for every product. */
export function asksForRule(text: string): boolean {
  return contentWords(plainWords(text)).some((word) => ruleWord.test(word))
}

/** What to search articles for: the telling words; a product's name only when no rule is asked for. */
export function searchQuery(text: string): string {
  const words = contentWords(plainWords(text))
  const rule = words.some((word) => ruleWord.test(word))
  const telling = words.filter((word) => !timeWord.test(word) && !(rule && productWord.test(word)))
  return (telling.length > 0 ? telling : words).slice(0, 12).join(' ')
}

/** Two everyday phrases in one word each. */
function plainWords(text: string): string {
  return text
    .replaceAll(/\b(?:money back|reimburse\w*|rebates?)\b/gi, 'refund')
    .replaceAll(/\be-?mail\b/gi, 'mail')
    .replaceAll(/\b(?:send|give|bring)\b([^.?!]{0,25})\bback\b/gi, 'return $1')
}

const synonyms = new Map([
  ['arriv', 'come'],
  ['com', 'come'],
  ['deliver', 'ship'],
  ['delivery', 'ship'],
  ['dispatch', 'ship'],
  ['pric', 'cost'],
  ['fee', 'cost'],
  ['notebook', 'laptop'],
  ['television', 'tv'],
])

/** The stems of the content words; a few synonyms are one stem. */
export function contentStems(text: string): Set<string> {
  return new Set(contentWords(plainWords(text)).map((word) => synonyms.get(stem(word)) ?? stem(word)))
}

/** Sentences of a text; Markdown headings and list marks are dropped. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) =>
      line
        .replace(/^\s*(#+|[-*>]|\d+\.)\s+/, '')
        .replaceAll(/\*\*|`/g, '')
        .trim(),
    )
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=[\p{Lu}\d"“])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}
