// The last look at a model's text before a customer sees it (rule 13).
import type { ClaimRules, FoundClaim } from './claims.ts'
import { createClaimReader } from './claims.ts'
import { keepAllowedLinks } from './links.ts'
import { plainText } from './plain-text.ts'
import { splitSentences } from './sentence-boundaries.ts'

export type OutputRules = ClaimRules & {
  /** Hosts that links may lead to, as `name` or `name:port`. */
  linkHosts: readonly string[]
}

export type BlockReason = FoundClaim['reason']

/**
 * `text` is safe to show except for what it claims; when `blocked` is set it must not be shown at all, and a text of the
 * catalogue stands in. `tool` names the effect that is not settled.
 */
export type GuardedText = { text: string; blocked: BlockReason | null; tool: string | null; removedLinks: number }

/** Removes control characters and links to other hosts, and blocks a text that claims what did not happen. */
export function guardText(text: string, rules: OutputRules): GuardedText {
  const plain = plainText(text)
  const links = keepAllowedLinks(plain, rules.linkHosts)
  const read = createClaimReader(rules)
  let found: FoundClaim | null = null
  for (const sentence of splitSentences(links.text)) {
    found = read(sentence)
    if (found) break
  }
  return {
    text: links.text,
    blocked: found?.reason ?? null,
    tool: found?.reason === 'unsettled_effect' ? found.tool : null,
    removedLinks: links.removed,
  }
}
