import { stem, wordsOf } from './words.ts'

const dimensions = 256

/** A hashed bag of word stems as a unit vector of 256 numbers: the same text always gives the same vector. */
export function embed(text: string): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const word of wordsOf(text)) {
    const hash = fnv1a(stem(word))
    const index = hash % dimensions
    vector[index] = (vector[index] ?? 0) + (hash & 0x10000 ? 1 : -1)
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector.with(0, 1) : vector.map((value) => value / length)
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
