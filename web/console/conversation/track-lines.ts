// The track of the floor as lines, oldest at the left, now at the right.
import type { Floor, FloorSpan } from './floor.ts'

/** Length of the track, in its own units. */
export const TRACK = 1000
/** A span of seconds between hours stays visible. */
const LEAST = 24
/** What the spans that ended may take; the one that lasts has the rest. */
const ENDED_AT_MOST = 0.72 * TRACK

export type TrackLine = { floor: Floor; from: string; x1: number; x2: number }

export function trackLines(spans: readonly FloorSpan[]): TrackLine[] {
  const lengths = spans.map(({ from, until }) => (until === null ? 0 : Date.parse(until) - Date.parse(from)))
  const whole = Math.max(1, sum(lengths))
  const wanted = lengths.map((length) => (length === 0 ? 0 : Math.max(LEAST, (length / whole) * ENDED_AT_MOST)))
  const fit = Math.min(1, ENDED_AT_MOST / Math.max(1, sum(wanted)))
  return spans.map(({ floor, from, until }, index) => {
    const x1 = sum(wanted.slice(0, index)) * fit
    return { floor, from, x1, x2: until === null ? TRACK : x1 + (wanted[index] ?? 0) * fit }
  })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
