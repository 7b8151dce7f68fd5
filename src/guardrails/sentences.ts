// The same guard for a text that is still being written: sentences are shown one by one, as soon as each is whole and clean.
import { createClaimReader } from './claims.ts'
import { keepAllowedLinks } from './links.ts'
import type { BlockReason, OutputRules } from './output.ts'
import { plainText, visibleText } from './plain-text.ts'
import { splitSentences } from './sentence-boundaries.ts'

/** Why the rest of a text waits for the whole message. */
export type HoldReason = BlockReason | 'forbidden_link'

export type SentenceGate = {
  /** Takes the next piece as the model wrote it. */
  push(delta: string): void
  /** The text is complete: lets the last sentence go too. Says why something was held back, or null. */
  flush(): HoldReason | null
  /** Why the gate is shut by now, or null while it is open. */
  held(): HoldReason | null
}

/**
 * `release` gets guarded text, in order. The gate shuts before the first sentence that claims an unsettled effect or holds
 * a link that would be removed, and stays shut: what the customer sees next is the whole guarded message.
 */
export function createSentenceGate(
  options: OutputRules & { release: (text: string) => void; onHold?: (reason: HoldReason) => void },
): SentenceGate {
  const claimOf = createClaimReader(options)
  let waiting = ''
  let held: HoldReason | null = null

  const judge = (sentence: string): HoldReason | null => {
    if (keepAllowedLinks(sentence, options.linkHosts).removed > 0) return 'forbidden_link'
    return claimOf(sentence)?.reason ?? null
  }
  const letGo = (sentences: readonly string[]): void => {
    let clean = ''
    for (const sentence of sentences) {
      const plain = plainText(sentence)
      held = judge(plain)
      if (held) break
      clean += plain
    }
    if (clean !== '') options.release(clean)
    if (held) options.onHold?.(held)
  }

  return {
    push: (delta) => {
      if (held) return
      waiting += visibleText(delta)
      // Cheap test first: most deltas are a word, and end nothing.
      if (!/[.!?…。！？\n]/.test(waiting)) return
      const sentences = splitSentences(waiting)
      // The last one may go on, even behind its full stop.
      waiting = sentences.pop() ?? ''
      letGo(sentences)
    },
    flush: () => {
      if (!held && waiting !== '') letGo([waiting])
      waiting = ''
      return held
    },
    held: () => held,
  }
}
