// Where a sentence ends, decided by what stands before only, so that a stream and the whole text are cut alike.

// After these a full stop ends a word.
const ABBREVIATIONS = new Set([
  'no',
  'nr',
  'mr',
  'mrs',
  'ms',
  'dr',
  'st',
  'e.g',
  'i.e',
  'etc',
  'approx',
  'vs',
  'incl',
  'inc',
  'ltd',
  'z.b',
  'ca',
  'bzw',
])
const END = /(?:[.!?…]+["'”’)\]*_]*[ \t]|[。！？]["'”’」』)]*|\n)/g

/** The pieces of the text, which joined are the text; only the last one may be unfinished. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = []
  let from = 0
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length
    if (match[0].startsWith('.') && isAbbreviation(text.slice(Math.max(from, match.index - 12), match.index))) continue
    sentences.push(text.slice(from, end))
    from = end
  }
  if (from < text.length) sentences.push(text.slice(from))
  return sentences
}

function isAbbreviation(before: string): boolean {
  const word = /[\p{L}.]+$/u.exec(before)?.[0].toLowerCase() ?? ''
  return ABBREVIATIONS.has(word) || /^\p{L}$/u.test(word)
}
