/** Milliseconds of a Retry-After header (seconds or a date), at most an hour; undefined when there is none. */
export function retryAfterOf(headers: Headers | undefined, now = Date.now()): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (milliseconds >= 0) return Math.min(milliseconds, HOUR)
  const value = headers?.get('retry-after')
  if (!value) return undefined
  const wait = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), HOUR)
}

const HOUR = 3_600_000
