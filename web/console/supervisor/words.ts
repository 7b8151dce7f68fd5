// Numbers of the report as words. Nothing is shown as zero that was not counted.
import type { SummaryChange } from './summary.ts'

const NOTHING = '–'
const REASONS: Readonly<Record<string, string>> = {
  person_requested: 'Asked for a person',
  anger: 'Angry',
  low_confidence: 'Low confidence',
  repeated_failure: 'Repeated failure',
  too_many_steps: 'Too many steps',
  budget: 'Budget reached',
  policy: 'Policy',
  safety: 'Safety',
  unknown_outcome: 'Outcome unknown',
  model_unavailable: 'Model away',
  deadline: 'Took too long',
  operator: 'By an operator',
  taken_over: 'Taken over',
}

/** `person_requested` -> `Asked for a person`; a reason this page does not know is shown as it is. */
export const reasonWords = (reason: string): string =>
  Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? reason) : reason

/** `0.827` -> `82.7 %` */
export function share(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? NOTHING : `${(value * 100).toFixed(digits)} %`
}

/** Up of up and down, as a share in whole per cent. */
export const shareOfUp = ({ up, down }: { up: number; down: number }): string =>
  up + down === 0 ? NOTHING : share(up / (up + down), 0)

/** `112` -> `1 min 52 s` */
export function wait(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return NOTHING
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** What one conversation cost, `0.039` -> `3.9 cents`, from a dollar on `$1.20`. */
export function costWords(dollars: number): string {
  if (dollars >= 1) return `$${dollars.toFixed(2)}`
  const cents = dollars * 100
  return `${cents < 1 ? cents.toFixed(2) : cents.toFixed(1)} ${cents.toFixed(2) === '1.00' ? 'cent' : 'cents'}`
}

/** For columns and axes: as many digits as say something, and no more. */
export function dollars(value: number | null): string {
  if (value === null) return NOTHING
  if (value === 0) return '$0'
  if (value >= 1) return `$${value.toFixed(2)}`
  return `$${value.toFixed(value >= 0.01 ? 3 : 4)}`
}

/** Cost of one of so many conversations; null of none. */
export const costOfOne = ({ cost_usd, conversations }: { cost_usd: string; conversations: number }): number | null =>
  conversations === 0 ? null : Number(cost_usd) / conversations

export const count = (value: number): string => value.toLocaleString('en-US')

const inEnglish = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' })
const dayAndMonth = inEnglish({ day: 'numeric', month: 'short' })
const dayAndLongMonth = inEnglish({ day: 'numeric', month: 'long' })

/** `2026-11-08` -> `8 Nov`. Days of the report are those of UTC. */
export const shortDay = (day: string): string => dayAndMonth.format(new Date(day))

/** The month is said once: `8 Nov`, then `11`, then `1 Dec`. */
export const axisDay = (day: string, before: string | undefined): string =>
  before?.slice(0, 7) === day.slice(0, 7) ? `${Number(day.slice(8))}` : shortDay(day)

/** `8 to 21 November`, `28 October to 10 November` */
export function dayRange(from: string, to: string): string {
  const [first, last] = [new Date(from), new Date(to)]
  const [begin, end] = [dayAndLongMonth.format(first), dayAndLongMonth.format(last)]
  if (begin === end) return begin
  return first.getUTCMonth() === last.getUTCMonth() ? `${first.getUTCDate()} to ${end}` : `${begin} to ${end}`
}

/** `policy 2026-11-21`, `order, prompt 3f9c41`: a version of a policy repeats its desk, that of a prompt is a digest. */
export function changeWords({ kind, desk, specialist, version }: SummaryChange): string {
  if (kind === 'policy') return `policy ${version.startsWith(`${desk}-`) ? version.slice(desk.length + 1) : version}`
  return `${specialist ?? 'small talk'}, prompt ${version.slice(0, 6)}`
}
