// Which faults strike, in which order and how hard, decided by the seed alone.
import { type Random, seededRandom } from '../../sandbox/seed/random.ts'

/** Faults of the parts strike one after the other, and so do those of the back ends; the two rows run side by side. */
export type Lane = 'parts' | 'back ends'

/** One fault that will strike. */
export interface FaultPlan {
  /** Counts from 1 over both lanes. */
  number: number
  lane: Lane
  /** A name of the nemesis's list. */
  kind: string
  /** Which of several it hits: the nemesis takes it modulo their number. */
  pick: number
  /** Milliseconds it lasts before it is healed; those that are over at once ignore it. */
  lasts: number
  /** Share of the load (0..1) that must have begun before it strikes. */
  at: number
}

/** What the plan needs to know of a kind of fault. */
export interface FaultKind {
  kind: string
  lane: Lane
  /** How often it is chosen, against the others. */
  weight: number
  /** Milliseconds, least and most. */
  lasts: readonly [number, number]
}

/** The same seed, count and kinds give the same plan. Every kind comes once before any comes twice, as far as the count reaches. */
export function planFaults(seed: number, count: number, kinds: readonly FaultKind[]): FaultPlan[] {
  // Another stream of numbers than the load's, so that changing one leaves the other.
  const random = seededRandom(seed ^ 0x5f356495)
  const chosen = shuffled(random, chooseKinds(random, count, kinds))
  return chosen.map(({ kind, lane, lasts }, index) => ({
    number: index + 1,
    lane,
    kind,
    pick: random.between(0, 1_000_000),
    lasts: random.between(...lasts),
    at: count === 1 ? 0.2 : 0.02 + (0.9 * index) / count,
  }))
}

function chooseKinds(random: Random, count: number, kinds: readonly FaultKind[]): FaultKind[] {
  const chosen = shuffled(random, kinds).slice(0, count)
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0)
  while (chosen.length < count) {
    let left = random.fraction() * total
    const next = kinds.find(({ weight }) => (left -= weight) < 0)
    if (next) chosen.push(next)
  }
  return chosen
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random.fraction() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
