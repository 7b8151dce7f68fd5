// When people are at work: spans of the week in a desk's own time zone. A wait for a person counts only these hours.

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]
/** `HH:MM`, the end excluded; `24:00` is midnight. */
export type Span = { from: string; to: string }

export type OpeningHours = {
  /** IANA name. */
  timeZone: string
  week: Partial<Record<Weekday, readonly Span[]>>
  /** Days without any people: `MM-DD` every year, or `YYYY-MM-DD`. */
  closedOn?: readonly string[]
}

const DAY = 86_400_000
/** Longest look ahead, in days: hours without a span in it count as always open. */
const HORIZON = 21

/** True when people are at work; without hours they always are. Times are epoch milliseconds. */
export function isOpen(hours: OpeningHours | null, at: number): boolean {
  return opensAt(hours, at) === at
}

/** When people are at work next; `at` itself when they are now. */
export function opensAt(hours: OpeningHours | null, at: number): number {
  for (const { from, to } of spansFrom(hours, at)) if (to > at) return Math.max(at, from)
  return at
}

/** The moment after `wait` milliseconds of work, counted from `at`. */
export function afterWork(hours: OpeningHours | null, at: number, wait: number): number {
  let left = wait
  for (const { from, to } of spansFrom(hours, at)) {
    const begin = Math.max(at, from)
    if (to <= begin) continue
    if (begin + left <= to) return begin + left
    left -= to - begin
  }
  return at + wait
}

/** Spans as epoch milliseconds, in order, beginning with those of the day before `at`. */
function* spansFrom(hours: OpeningHours | null, at: number): Generator<{ from: number; to: number }> {
  if (hours === null) return
  const format = zoneFormat(hours.timeZone)
  for (let day = -1; day <= HORIZON; day += 1) {
    // Noon is on the same date whatever the clocks did at night.
    const { date, weekday } = dateOf(format, at + day * DAY)
    if (hours.closedOn?.some((closed) => closed === date || closed === date.slice(5))) continue
    for (const { from, to } of hours.week[weekday] ?? []) {
      yield { from: instant(format, date, from), to: instant(format, date, to) }
    }
  }
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()
/** Making one is slow, and there are few zones. */
function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  FORMATS.set(timeZone, made)
  return made
}

/** The wall clock in the zone, as if it were UTC. */
function wallClock(format: Intl.DateTimeFormat, at: number): number {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function dateOf(format: Intl.DateTimeFormat, at: number): { date: string; weekday: Weekday } {
  const wall = new Date(wallClock(format, at))
  return { date: wall.toISOString().slice(0, 10), weekday: WEEKDAYS[wall.getUTCDay()] ?? 'sun' }
}

/** The instant at which the zone's clocks show this; in the hour that summer time leaves out, the one right behind it. */
function instant(format: Intl.DateTimeFormat, date: string, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const wall = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000
  const first = wall - (wallClock(format, wall) - wall)
  // Once more, in case the clocks changed between the guess and the answer.
  return first - (wallClock(format, first) - wall)
}
