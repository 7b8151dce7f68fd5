// How a customer sounds, by words, capitals and punctuation: enough to sort a handoff, not to judge a person.

export type Sentiment = 'negative' | 'neutral' | 'positive'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const NEGATIVE = words(
  'angry annoyed annoying awful bad complain complaint cheated disappointed disappointing disaster disgusting ' +
    'dreadful fed frustrated frustrating furious garbage hate horrible incompetent insane joke liar lied ' +
    'mad nightmare outrageous pathetic poor rant ridiculous robbed rude scam scammed shame shit sick stupid sucks ' +
    'terrible trash unacceptable unhappy upset useless wasted worst wtf damn hell crap',
)
const STRONG = words(
  'furious outrageous unacceptable scam scammed disgusting worst ridiculous pathetic hate lied liar robbed cheated wtf',
)
const POSITIVE = words(
  'amazing appreciate awesome brilliant excellent fantastic glad good grateful great happy helpful kind love ' +
    'lovely nice perfect pleased superb thankful wonderful',
)
// Good manners: a question with a "thanks" at its end is a question.
const POLITE = words('thank thanks cheers')
const NEGATION = words("not never no don't dont isn't isnt wasn't wasnt can't cant won't wont hardly nothing neither")

/** Looks at words of English; other languages are neutral unless they shout. */
export function sentimentOf(text: string): Sentiment {
  const score = wordScore(text) + toneScore(text)
  if (score <= -1) return 'negative'
  return score >= 1 ? 'positive' : 'neutral'
}

function wordScore(text: string): number {
  const all = (text.match(/[\p{L}'’]+/gu) ?? []).map((word) => word.toLowerCase().replaceAll('’', "'"))
  return all.reduce((score, word, index) => {
    const negated = all.slice(Math.max(0, index - 2), index).some((before) => NEGATION.has(before))
    // "not bad" is faint praise, "not good" is a complaint.
    if (NEGATIVE.has(word)) return score + (negated ? 0 : STRONG.has(word) ? -2 : -1)
    if (POSITIVE.has(word)) return score + (negated ? -1 : 1)
    return POLITE.has(word) ? score + 0.5 : score
  }, 0)
}

// Shouting makes a complaint out of any words.
function toneScore(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0
  const shouts = letters >= 12 && capitals / letters > 0.7
  return (shouts ? -1 : 0) + (/[?!]{3,}/.test(text) && !/thank|great|love|awesome/i.test(text) ? -1 : 0)
}
