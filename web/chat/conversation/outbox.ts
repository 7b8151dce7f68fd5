// What the customer typed and the desk has not confirmed yet: kept in the browser, sent in order, each under an id of its own,
// so that a repeat whose answer was lost is the same message.
import { keptForBrowser, type Kept } from '../../shared/kept.ts'

export type Unsent = {
  id: string
  text: string
  /** ISO */
  at: string
  /** Why the desk will not take it; it waits for the customer to change or drop it. */
  refused?: string
}

export type Outbox = {
  all: () => readonly Unsent[]
  add: (text: string) => Unsent
  drop: (id: string) => void
  refuse: (id: string, why: string) => void
  /** Takes over what another one holds, behind its own. */
  take: (others: readonly Unsent[]) => void
  forget: () => void
}

/** `name` is whose it is. What may be a card number is kept in memory only, and gone with the page (P9). */
export function createOutbox(name: string, kept: Kept = keptForBrowser, now = () => new Date()): Outbox {
  let waiting: readonly Unsent[] = kept.read<Unsent[]>(name) ?? []
  const change = (next: readonly Unsent[]) => {
    waiting = next
    const storable = next.filter(({ text }) => !mayBeCard(text))
    if (storable.length > 0) kept.write(name, storable)
    else kept.forget(name)
  }
  return {
    all: () => waiting,
    add(text) {
      const unsent = { id: `web_${crypto.randomUUID()}`, text, at: now().toISOString() }
      change([...waiting, unsent])
      return unsent
    },
    drop: (id) => change(waiting.filter((unsent) => unsent.id !== id)),
    refuse: (id, refused) => change(waiting.map((unsent) => (unsent.id === id ? { ...unsent, refused } : unsent))),
    take: (others) => change([...waiting, ...others.filter(({ id }) => !waiting.some((own) => own.id === id))]),
    forget: () => change([]),
  }
}

/** 13 to 19 digits, however grouped, whose check digit fits. The desk decides; this only keeps it out of storage meanwhile. */
export function mayBeCard(text: string): boolean {
  return [...text.matchAll(/(?:\d[ .-]?){12,18}\d/g)].some(([found]) => {
    const digits = found.replaceAll(/\D/g, '').split('').map(Number)
    const sum = digits
      .toReversed()
      .reduce((total, digit, index) => total + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0)
    return sum % 10 === 0
  })
}
