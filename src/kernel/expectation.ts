// What a customer may expect when people are to answer: by when, and in which words. A handoff to nobody is impossible: with
// nobody there, or outside the desk's hours, the customer is told when somebody is [H4].
import { say, type TextKey } from '../domain/catalogue.ts'
import { byTime, onTime } from '../domain/clock-words.ts'
import { afterWork, isOpen, opensAt } from '../domain/opening-hours.ts'
import type { Scope } from './conversation-row.ts'
import { anybodyOnline } from './people.ts'

export type Expectation = {
  /** The sentence about people. */
  text: string
  /** By when a person answers. */
  at: Date
}

/** `wait`: milliseconds of working hours until the first word. */
export async function expectation(scope: Scope, wait: number): Promise<Expectation> {
  const { desk, now } = scope
  const { hours } = desk.policy.people
  const open = isOpen(hours, now.getTime())
  const online = await anybodyOnline(scope)
  // Somebody who is there outside the hours can take it, but nobody promised that they will.
  const at = afterWork(hours, now.getTime(), wait)
  const key = !open ? 'handoff_outside_hours' : online ? 'handoff_acknowledged' : 'handoff_nobody_online'
  return { text: sayWithTimes(scope, key, { time: at, opens: opensAt(hours, now.getTime()) }), at: new Date(at) }
}

/** A text of the catalogue with times in the customer's zone: `{time}` reads "14:12", `{opens}` "on Monday at 9:00". */
export function sayWithTimes(
  { desk, row, now }: Scope,
  key: TextKey,
  times: { time?: number; opens?: number },
): string {
  const clock = (at: number) => ({ at, now: now.getTime(), timeZone: row.time_zone })
  const { time, opens } = times
  return say(desk.catalogue, row.locale, key, {
    ...(time === undefined ? {} : { time: (language: string) => byTime(clock(time), language) }),
    ...(opens === undefined ? {} : { opens: (language: string) => onTime(clock(opens), language) }),
  })
}

/** "Your ticket is T-4471." in front of nothing when there is none yet. */
export function ticketSentence({ desk, row }: Scope): string {
  return row.ticket_id === null ? '' : say(desk.catalogue, row.locale, 'ticket_is', { ticket: row.ticket_id })
}

/** Sentences of one message; empty ones are left out. */
export const sentences = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ')
