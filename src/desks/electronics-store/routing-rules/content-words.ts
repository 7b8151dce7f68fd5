import type { Prefetch } from '../../../domain/routing.ts'
import { foldText } from './fold-text.ts'

const STOP_WORDS = new Set(
  `a about after again all already also am an and any anything are as ask assistance at away be because become been but by can can't cannot could
  customer damn did do does doesn't doing don't dont either else every find for from get getting give go goddamn got had has have having hello help her here hey
  hi him his how i i'd i'll i'm i've if in information into is isn't it it's its just know let like long look me more much my need new not now of off
  on one or our out over own pays please problem question really see should so some someone something still tell than thank thanks that that's the
  their them then there these they thing this those to too trying under up us use using very want was way we well were what what's when where
  which while who why will with won't work working would yes you your there's bloody fucking freaking`
    .split(/\s+/)
    .filter(Boolean),
)
const MOST_WORDS = 12

/** The words of a text that an article might contain. */
export function contentWords(text: string): string[] {
  const words = foldText(text).match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? []
  return [...new Set(words.filter((word) => word.length > 1 && word.length <= 30 && !STOP_WORDS.has(word)))].slice(
    0,
    MOST_WORDS,
  )
}

/** A question about one of our rules is about the rule, whatever the product; its name would only lead to how-tos. */
const RULE_WORDS =
  /^(?:return\w*|refund\w*|warrant\w*|guarantee\w*|repair\w*|exchang\w*|cancel\w*|shipp?\w*|deliver\w*|recycl\w*|match|complain\w*|invoices?)$/
const PRODUCT_WORDS =
  /^(?:headphones?|headsets?|speakers?|soundbars?|tvs?|televisions?|laptops?|notebooks?|tablets?|e-readers?|cameras?|watch(?:es)?|smartwatch(?:es)?|monitors?|keyboards?|printers?|vacuums?|bulbs?|smartphones?|phones?|consoles?|webcams?|kettles?|toasters?|lamps?|cables?|products?)$/
/** A length of time is what an answer says, seldom what it is about. */
const TIMES = /^(?:\d+|minutes?|days?|weeks?|months?|years?)$/

function searchWords(text: string): string[] {
  const words = contentWords(
    text
      .replaceAll(/\b(?:money back|reimburse\w*|rebates?)\b/gi, 'refund')
      .replaceAll(/\bemail\b/gi, 'mail')
      .replaceAll(/\b(?:send|give|bring)\b([^.?!\n]{0,25})\bback\b/gi, 'return $1'),
  )
  const rule = words.some((word) => RULE_WORDS.test(word))
  const telling = words.filter((word) => !TIMES.test(word) && !(rule && PRODUCT_WORDS.test(word)))
  return telling.length > 0 ? telling : words
}

/** A search of the articles for the text's content words; none when it has none. */
export function knowledgePrefetch(text: string): Prefetch[] {
  const query = searchWords(text).join(' ').slice(0, 300)
  return query.length < 2 ? [] : [{ tool: 'search_knowledge_base', input: { query } }]
}
