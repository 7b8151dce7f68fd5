// How long until a deadline, as the look draws it: a ring, then a wedge, then a tag that counts up.

export type TimeLeft = {
  /** `calm` over half of the time is left, `soon` under half or under five minutes, `over` too late. */
  stage: 'calm' | 'soon' | 'over'
  /** `5:50`, `4:38 left`, `1:12 over`, `3 h left` */
  text: string
  /** The same for who listens: `4 minutes 38 seconds left`. */
  spoken: string
  /** 0 to 100, how much of the time is left. */
  percent: number
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** Under this a clock shows seconds. */
export const SHOWS_SECONDS = 10 * MINUTE

/** Times in milliseconds since the epoch; without `from` only the five minutes count. */
export function timeLeft(deadline: number, now: number, from?: number): TimeLeft {
  const seconds = Math.round((deadline - now) / 1000)
  const whole = from === undefined ? 0 : (deadline - from) / 1000
  const share = whole > 0 ? Math.min(1, Math.max(0, seconds / whole)) : seconds > 0 ? 1 : 0
  const percent = Math.round(share * 100)
  if (seconds < 0)
    return { stage: 'over', text: `${clock(-seconds)} over`, spoken: `${spoken(-seconds)} over`, percent }
  const soon = seconds < 5 * MINUTE || (whole > 0 && share < 0.5)
  const text = soon ? `${clock(seconds)} left` : clock(seconds)
  return { stage: soon ? 'soon' : 'calm', text, spoken: `${spoken(seconds)} left`, percent }
}

function clock(seconds: number): string {
  if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} days`
  if (seconds >= HOUR) return `${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / MINUTE)} min`
  if (seconds >= SHOWS_SECONDS) return `${Math.floor(seconds / MINUTE)} min`
  return `${Math.floor(seconds / MINUTE)}:${`${seconds % MINUTE}`.padStart(2, '0')}`
}

function spoken(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  const hours = Math.floor((seconds % DAY) / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)
  const parts: [number, string][] = days
    ? [
        [days, 'day'],
        [hours, 'hour'],
      ]
    : hours
      ? [
          [hours, 'hour'],
          [minutes, 'minute'],
        ]
      : [
          [minutes, 'minute'],
          [seconds < SHOWS_SECONDS ? seconds % MINUTE : 0, 'second'],
        ]
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
  return said.join(' ') || '0 seconds'
}
