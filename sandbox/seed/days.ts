/** `YYYY-MM-DD` of the day `offset` days after `from` (UTC). */
export function dayAfter(from: Date, offset: number): string {
  return new Date(from.getTime() + offset * 86_400_000).toISOString().slice(0, 10)
}

/** An ISO instant on that day, at a plausible time of day. */
export function instantAfter(from: Date, offset: number, minuteOfDay: number): string {
  const day = dayAfter(from, offset)
  const hours = String(Math.floor(minuteOfDay / 60) % 24).padStart(2, '0')
  return `${day}T${hours}:${String(minuteOfDay % 60).padStart(2, '0')}:00.000Z`
}
