// What of a conversation stands in a prompt: the last messages verbatim, an older summary, and facts kept apart [C2].

export type Fact = { kind: string; value: string }
/** A desk's pattern for one kind of fact; its first group is the value. */
export type FactPattern = { kind: string; pattern: RegExp }

/** Facts already known keep their order; a repeated one is not added again. Never more than `most`, oldest first. */
export function mergeFacts(known: readonly Fact[], found: readonly Fact[], most = 50): Fact[] {
  const all = [...known]
  for (const fact of found) {
    if (!all.some((other) => other.kind === fact.kind && other.value === fact.value)) all.push(fact)
  }
  return all.slice(-most)
}

export function findFacts(patterns: readonly FactPattern[], text: string): Fact[] {
  return patterns.flatMap(({ kind, pattern }) =>
    [
      ...text.matchAll(new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`)),
    ].map((match) => ({ kind, value: match[1] ?? match[0] })),
  )
}

/**
 * The messages that stand verbatim: the last `verbatim`, and also any the summary does not cover yet, because the summary
 * is written beside the conversation and may be older.
 */
export function verbatimWindow<T extends { seq: number }>(
  messages: readonly T[],
  summaryThrough: number,
  limits: { verbatim: number; summariseAfter: number },
): T[] {
  const uncovered = messages.filter((message) => message.seq > summaryThrough).length
  return messages.slice(-Math.max(limits.verbatim, Math.min(uncovered, 2 * limits.summariseAfter)))
}

/** A summary is due once more than `summariseAfter` messages are not covered; it then covers all but the last `verbatim`. */
export function summaryDue<T extends { seq: number }>(
  messages: readonly T[],
  summaryThrough: number,
  limits: { verbatim: number; summariseAfter: number },
): T[] | null {
  const uncovered = messages.filter((message) => message.seq > summaryThrough)
  return uncovered.length > limits.summariseAfter ? uncovered.slice(0, -limits.verbatim) : null
}
