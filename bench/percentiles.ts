/** Three points of a distribution, in the unit of the samples. */
export type Percentiles = { p50: number; p95: number; p99: number }

/** The value that `share` (0 to 1) of the samples do not exceed (nearest rank); NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

/** p50, p95 and p99, rounded to a tenth. */
export function percentiles(samples: readonly number[]): Percentiles {
  const at = (share: number) => rounded(percentile(samples, share), 1)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Rounded to so many digits behind the point. */
export function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
