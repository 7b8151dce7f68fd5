// Times in the customer's zone and language.

/** `14:08` */
export const clock = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(iso))

/** `14:08` today, else with its day: `Mon 14:08`, `3 Dec, 14:08`. */
export function moment(iso: string, locale: string, now = new Date()): string {
  const at = new Date(iso)
  if (at.toDateString() === now.toDateString()) return clock(iso, locale)
  const near = Math.abs(at.getTime() - now.getTime()) < 6 * 86_400_000
  const day: Intl.DateTimeFormatOptions = near ? { weekday: 'short' } : { day: 'numeric', month: 'short' }
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
}
