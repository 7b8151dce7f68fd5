// What the key of a write tells, and what its outcome tells. The key is conversation/turn/tool/digest, or handoff/ticket.
import type { EffectRow } from './evidence.ts'

/** The same write is the same conversation, tool and arguments; null for a key of another form. */
export function sameWriteKey(key: string): string | null {
  const [conversation, , tool, digest] = key.split('/')
  return conversation && tool && digest ? `${conversation}/${tool}/${digest}` : null
}

/** A person ruled on it: whatever the ledger says, nobody guessed. */
export function ruling({ outcome }: EffectRow): 'happened' | 'did_not_happen' | null {
  if (typeof outcome !== 'object' || outcome === null || !('ruling' in outcome)) return null
  const { ruling } = outcome
  if (typeof ruling !== 'object' || ruling === null || !('outcome' in ruling)) return null
  return ruling.outcome === 'happened' || ruling.outcome === 'did_not_happen' ? ruling.outcome : null
}
