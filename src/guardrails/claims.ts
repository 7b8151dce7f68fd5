// "I refunded you" is a claim about the world, and only the effect ledger may make it (rule 13).

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

const PERSON =
  '(?:human|agent|representative|real person|live person|person|colleague|team member|supervisor|manager|someone|somebody|member of (?:our|the) \\w+)'
const MOVING = '(?:transferr?|connect|escalat|hand|forward|pass|put)(?:ed|ing|e|s)?'
// Offers ("would you like me to ...", "I can ...", "... if you want") are no claims.
const HANDOFF_CLAIMS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:i have|i've|i am|i'm|i will|i'll|i just|i now|we have|we've|we are|we're|we will|we'll|let me)\\s+(?:now |just |already |also |gladly |going to )*${MOVING}\\b.{0,60}\\b${PERSON}\\b(?!.{0,40}\\bif you\\b)`,
    'i',
  ),
  new RegExp(
    `\\byou(?:'re| are| have been|'ve been| will be|'ll be)\\s+(?:now |being )*${MOVING}\\b.{0,60}\\b${PERSON}\\b`,
    'i',
  ),
  new RegExp(
    `\\b${PERSON}\\b.{0,40}\\b(?:will|is going to)\\s+(?:\\w+ )?(?:be with you|contact you|call you|take over|join|reach out|get back to you|assist you)\\b`,
    'i',
  ),
  /\bich\s+(?:verbinde|habe|leite|übergebe|werde)\b.{0,60}\b(?:Mitarbeiter|Kolleg|Mensch)/i,
  /\bje\s+(?:vous|te)\s+(?:transfère|mets en relation|passe)\b.{0,60}\b(?:conseiller|agent|collègue|humain)/i,
  /\b(?:te|le|la)\s+(?:transfiero|paso|comunico|conecto)\b.{0,60}\b(?:agente|persona|humano|compañero)/i,
]

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
    const handsOver = rules.handoff !== true && HANDOFF_CLAIMS.some((pattern) => pattern.test(read))
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
