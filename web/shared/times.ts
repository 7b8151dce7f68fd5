// Times as people read them, in the zone of their browser.

const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `13:59` */
export const clockTime = (iso: string): string => minute.format(new Date(iso))
/** `Friday 21 November` */
export const dayOf = (iso: string): string => day.format(new Date(iso))

/** `14:12`, `tomorrow 9:00`, `3 Dec 9:00`: a moment as seen from now. */
export function moment(iso: string, now: number): string {
  const at = new Date(iso)
  const days = Math.round((startOfDay(at) - startOfDay(new Date(now))) / 86_400_000)
  if (days === 0) return minute.format(at)
  if (days === 1) return `tomorrow ${minute.format(at)}`
  if (days === -1) return `yesterday ${minute.format(at)}`
  return `${shortDay.format(at)} ${minute.format(at)}`
}

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** `2 s`, `3 min`, `4 h`, `6 days`: how long something took or is ago. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  if (seconds < 2 * 86_400) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}
