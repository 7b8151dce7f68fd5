/** Works on all items, at most `most` at a time, in order; stops taking new ones once the signal aborts. Results are in the items' order. */
export async function inParallel<T, R>(
  items: T[],
  { most, signal }: { most: number; signal: AbortSignal },
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>()
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (signal.aborted) return
      results.set(index, await work(item, index))
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result)
}
