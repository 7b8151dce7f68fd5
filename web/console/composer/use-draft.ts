import { useState } from 'react'
import { keptForTab } from '../../shared/kept.ts'

export type Draft = {
  text: string
  /** The id the message will have: the same however often it is sent, a new one for a new text. */
  id: string
  write: (text: string) => void
  clear: () => void
}

type KeptDraft = { text: string; id: string }
const fresh = (): KeptDraft => ({ text: '', id: crypto.randomUUID() })

/** What is being written, kept for each conversation and mode until it is sent. */
export function useDraft(conversation: string, mode: string): Draft {
  const name = `draft.${mode}.${conversation}`
  const [draft, setDraft] = useState(() => keptForTab.read<KeptDraft>(name) ?? fresh())
  const keep = (next: KeptDraft) => {
    if (next.text === '') keptForTab.forget(name)
    else keptForTab.write(name, next)
    setDraft(next)
  }
  return {
    ...draft,
    write: (text) => keep({ text, id: draft.text === text ? draft.id : crypto.randomUUID() }),
    clear: () => keep(fresh()),
  }
}
