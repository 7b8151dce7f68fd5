// "I refunded you" is a claim about the world, and only the effect ledger may make it (rule 13).
import { announcesHandoff } from './handoff-claims.ts'

/** A sentence that matches says that `tool` has done its work. */
export type Claim = { tool: string; pattern: RegExp }
/** What a sentence claims without ground. */
export type FoundClaim = { reason: 'unsettled_effect'; tool: string } | { reason: 'unannounced_handoff' }

export type ClaimRules = {
  claims: readonly Claim[]
  /** Tools whose effect the ledger has settled. */
  settled: ReadonlySet<string>
  /** A handoff was really offered, so the text may speak of it; default false. */
  handoff?: boolean
}

const LONGEST_CONTEXT = 600

/**
 * Reads sentences in their order and says what each claims. A line break is no end of a thought, so lines are read together
 * with the unfinished ones before them.
 */
export function createClaimReader(rules: ClaimRules): (sentence: string) => FoundClaim | null {
  const patterns = rules.claims.map(({ tool, pattern }) => ({ tool, pattern: stateless(pattern) }))
  let context = ''
  return (sentence) => {
    const beginsAnew = /^\s*(?:[-*•#]|\d+[.)])\s/.test(sentence) || sentence.trim() === ''
    const read = plainWords((beginsAnew ? '' : context) + sentence)
    context = /[.!?…。！？]["'”’」』)\]*_]*\s*$/.test(sentence)
      ? ''
      : `${beginsAnew ? '' : context}${sentence}`.slice(-LONGEST_CONTEXT)
    const claimed = patterns.find(({ tool, pattern }) => !rules.settled.has(tool) && pattern.test(read))
    if (claimed) return { reason: 'unsettled_effect', tool: claimed.tool }
    const handsOver = rules.handoff !== true && announcesHandoff(read)
    return handsOver ? { reason: 'unannounced_handoff' } : null
  }
}

// A pattern with `g` or `y` remembers where it stopped, and would overlook every second claim.
const stateless = (pattern: RegExp): RegExp => new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))

// Patterns are written for plain sentences: one space, straight quotes, no emphasis.
const plainWords = (text: string): string =>
  text
    .replace(/[*_~`]/g, '')
    .replace(/[’‘]/g, "'")
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
