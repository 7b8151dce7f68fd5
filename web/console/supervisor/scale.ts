// Which values an axis names: few, round, and around the data and its goal.

/** From the lowest value drawn to the highest, and those that get a line and a label. */
export interface Scale {
  min: number
  max: number
  ticks: number[]
}

type Values = readonly (number | null | undefined)[]

const MINUTE = 60
const HOUR = 3600
const STEPS = [1, 2, 2.5, 5, 10]
const WAIT_STEPS = [
  30,
  MINUTE,
  2.5 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
]

/** Amounts from zero to a round number over the highest; three labels. */
export const scaleOfAmounts = (values: Values): Scale => fromZero(roundUp(highestOf(values) / 2))

/** Waits in seconds, in steps that clocks have; the goal is within. */
export function scaleOfWaits(values: Values, goal: number): Scale {
  const half = Math.max(highestOf(values), goal) / 2
  return fromZero(WAIT_STEPS.find((step) => step >= half) ?? Math.ceil(half / (12 * HOUR)) * 12 * HOUR)
}

const fromZero = (step: number): Scale => ({ min: 0, max: 2 * step, ticks: [0, step, 2 * step] })

const highestOf = (values: Values): number => Math.max(0, ...values.filter((value) => typeof value === 'number'))

/** Shares, zoomed to where they are and to the goal; never past 0 or 1. */
export function scaleOfShares(values: Values, goal: number): Scale {
  const known = [...values.filter((value) => typeof value === 'number'), goal]
  const [lowest, highest] = [Math.min(...known), Math.max(...known)]
  const step = [0.05, 0.1, 0.25, 0.5].find((each) => highest - lowest <= 3 * each) ?? 0.5
  const first = Math.max(0, Math.floor((lowest - step / 5) / step) * step)
  const last = Math.min(1, Math.ceil((highest + step / 5) / step) * step)
  const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step)
  return { min: first, max: last, ticks: ticks.map((tick) => Number(tick.toFixed(4))) }
}

/** Indexes of at most `most` days to name, the first and the last among them. */
export function namedDays(days: number, most: number): number[] {
  if (days <= most) return Array.from({ length: days }, (_, index) => index)
  const gaps = Array.from({ length: most - 1 }, (_, index) => most - 1 - index).find(
    (each) => (days - 1) % each === 0 && each >= 2,
  )
  const parts = gaps ?? most - 1
  return Array.from({ length: parts + 1 }, (_, index) => Math.round((index * (days - 1)) / parts))
}

function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = STEPS.find((each) => each * power >= value * 0.9999) ?? 10
  return Number((step * power).toPrecision(6))
}
