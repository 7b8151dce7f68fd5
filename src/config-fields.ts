// How one variable is read and checked. A problem is noted and reading goes on, so that all of them are reported at once.

/** One line for each wrong variable. */
export type Problems = string[]

/** Where a field reads from and where it notes its problem. */
export type Reading = {
  env: NodeJS.ProcessEnv
  problems: Problems
}

/** The trimmed value; empty counts as absent. */
export function text({ env }: Reading, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

/** A whole number between `min` (0) and `max` (no limit). */
export function integer(reading: Reading, name: string, range: { default: number; min?: number; max?: number }) {
  const value = text(reading, name)
  if (value === undefined) return range.default
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (number >= min && number <= max) return number
  const limits = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `between ${min} and ${max}`
  reading.problems.push(`${name} is "${value}", expected a whole number ${limits}`)
  return range.default
}

/** A number above zero. */
export function positive(reading: Reading, name: string, usual: number): number {
  const value = text(reading, name)
  if (value === undefined) return usual
  const number = Number(value)
  if (Number.isFinite(number) && number > 0) return number
  reading.problems.push(`${name} is "${value}", expected a number above 0`)
  return usual
}

/** A URL with one of these schemes. The value is not repeated in a problem: it may hold a password. */
export function url(reading: Reading, name: string, schemes: string[]): string | undefined {
  const value = text(reading, name)
  if (value === undefined) return undefined
  const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : undefined
  if (scheme !== undefined && schemes.includes(scheme)) return value
  reading.problems.push(`${name} is not a URL that starts with ${schemes.map((each) => `${each}://`).join(' or ')}`)
  return undefined
}

/** An address that paths are appended to: http or https, without a slash at its end. */
export function baseUrl(reading: Reading, name: string): string | undefined {
  return url(reading, name, ['http', 'https'])?.replace(/\/+$/, '')
}

/** One of the given words. */
export function choice<T extends string>(reading: Reading, name: string, words: readonly T[], usual: T): T {
  const value = text(reading, name)
  if (value === undefined) return usual
  const found = words.find((word) => word === value)
  if (found === undefined) reading.problems.push(`${name} is "${value}", expected one of ${words.join(', ')}`)
  return found ?? usual
}

/** A list separated by commas, never empty. */
export function list(reading: Reading, name: string, usual: string[]): string[] {
  const entries = (text(reading, name) ?? '').split(',').map((entry) => entry.trim())
  const named = entries.filter((entry) => entry !== '')
  return named.length > 0 ? named : usual
}

/** Origins as browsers send them, such as `https://shop.example`, separated by commas; none when it is not set. */
export function origins(reading: Reading, name: string): string[] {
  const named = list(reading, name, [])
  for (const entry of named) {
    if (URL.canParse(entry) && new URL(entry).origin === entry) continue
    reading.problems.push(`${name} holds "${entry}", expected an origin such as https://shop.example, without a path`)
  }
  return named
}
