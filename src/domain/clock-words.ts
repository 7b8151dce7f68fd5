// A time as customers read it, in their own zone: "14:12" today, "Monday at 9:00" on another day.

type Glue = {
  at: (day: string, time: string) => string
  on: (day: string, time: string) => string
  now: (time: string) => string
}
const GLUE: Record<string, Glue> = {
  en: {
    at: (day, time) => `${day} at ${time}`,
    on: (day, time) => `on ${day} at ${time}`,
    now: (time) => `at ${time}`,
  },
  de: {
    at: (day, time) => `${day} um ${time} Uhr`,
    on: (day, time) => `am ${day} um ${time} Uhr`,
    now: (time) => `um ${time} Uhr`,
  },
}

export type Clock = {
  /** Epoch milliseconds. */
  at: number
  now: number
  timeZone: string
}

/** For "by ..." and "the new time is ...". */
export function byTime(clock: Clock, language: string): string {
  const { day, time } = read(clock, language)
  return day === null ? `${time}${language === 'de' ? ' Uhr' : ''}` : glue(language).at(day, time)
}

/** For "back ...": "at 9:00", "on Monday at 9:00". */
export function onTime(clock: Clock, language: string): string {
  const { day, time } = read(clock, language)
  return day === null ? glue(language).now(time) : glue(language).on(day, time)
}

const glue = (language: string): Glue => GLUE[language] ?? (GLUE['en'] as Glue)

function read({ at, now, timeZone }: Clock, language: string): { day: string | null; time: string } {
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const hour = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: 'h23', ...options })
  // A client that named no zone has UTC: the customer's watch may say something else, so the text says which clock it means.
  const suffix = zone === 'UTC' ? ' UTC' : ''
  const shown = hour({ hour: 'numeric', minute: '2-digit' })
    .format(at)
    .replace(/^0(?=\d:)/, '')
  const date = (when: number) => hour({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(when)
  if (date(at) === date(now)) return { day: null, time: shown + suffix }
  const far = at - now > 6 * 86_400_000
  const named = hour({ weekday: 'long', ...(far ? { month: 'long', day: 'numeric' } : {}) }).format(at)
  return { day: named, time: shown + suffix }
}

function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}
