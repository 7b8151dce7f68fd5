// One spelling for the rules to read: lower case, straight apostrophes, no accents on Latin letters, single spaces.

/** Rules read no further than this; a wish that first shows after it is for the model. */
const LONGEST_READ = 5_000

const SPELLING: Record<string, string> = { ı: 'i', ł: 'l', ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe' }

/** The text as the rules see it; line breaks stay, since each ends a message. */
export function foldText(text: string): string {
  return text
    .slice(0, LONGEST_READ)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc`\u00b4]/g, "'")
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/[ıłßøæœ]/g, (letter) => SPELLING[letter] ?? letter)
    .replace(/[^\S\n]+/g, ' ')
    .trim()
}

/** Folded and without punctuation: for rules about a whole short text. Null when it is not short. */
export function shortText(text: string, most = 120): string | null {
  if (text.length > most) return null
  return foldText(text)
    .replace(/[^\p{L}\p{N}'\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
