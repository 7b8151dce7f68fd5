// The life of a handoff [H2 H4]: its states, and for each live one what happens when its deadline is missed. It never just ends.
import type { TextKey } from './catalogue.ts'
import type { Priority } from './conversation.ts'
import type { HandoffNotice } from './notices.ts'
import { afterWork } from './opening-hours.ts'
import type { PeoplePolicy } from './policy.ts'

export const HANDOFF_STATES = ['offered', 'seen', 'claimed', 'answered', 'handed_back', 'resolved'] as const
export type HandoffState = (typeof HANDOFF_STATES)[number]
export const LIVE_STATES = ['offered', 'seen', 'claimed', 'answered'] as const
export type LiveState = (typeof LIVE_STATES)[number]

export const isLive = (state: HandoffState): state is LiveState => LIVE_STATES.some((live) => live === state)
export const isClaimed = (state: HandoffState): boolean => state === 'claimed' || state === 'answered'

/** What is done about a missed deadline. */
export type NextStep = keyof typeof ACTS

type Acts = {
  /** Told to the world outside. */
  notice: HandoffNotice
  /** Offered more urgently. */
  raise?: true
  /** Told to the customer, when the time they were told has passed. */
  tell?: TextKey
  /** The claim is taken back, and everybody may have it. */
  release?: true
  /** The AI gets the floor: nobody waits for a person any more. */
  handBack?: true
}

export const ACTS = {
  /** Nobody claimed it: everybody is asked again, and the customer learns the new time and is offered a call. */
  offer_again: { notice: 'handoff.offered', raise: true, tell: 'handoff_still_waiting' },
  /** Again nobody: whoever is on call is paged. */
  page: { notice: 'handoff.missed', raise: true, tell: 'handoff_late_again' },
  /** A third time: the customer is told that we know no time any more, rather than a third one. */
  own_up: { notice: 'handoff.missed', raise: true, tell: 'handoff_no_time' },
  /** From then on the page is repeated, later each time. */
  page_again: { notice: 'handoff.missed' },
  /** Whoever claimed it is reminded, and the customer learns the new time. */
  remind: { notice: 'handoff.missed', tell: 'handoff_still_waiting' },
  /** Whoever has it is reminded; the customer was promised no time. */
  nudge: { notice: 'handoff.missed' },
  /** The silent person's claim is taken back, with an apology to the customer. */
  release: { notice: 'handoff.offered', raise: true, release: true, tell: 'handoff_taken_back' },
  hand_back: { notice: 'handoff.missed', handBack: true },
} as const satisfies Record<string, Acts>

export const actsOf = (step: NextStep): Acts => ACTS[step]

/** By state, whether the customer waits for a person, and how many deadlines were missed in it; the last one repeats. */
const STEPS: Record<LiveState, Record<'waiting' | 'quiet', readonly NextStep[]>> = {
  offered: {
    waiting: ['offer_again', 'page', 'own_up', 'page_again'],
    // A person has answered, and let it go: nobody is paged for a customer who is content.
    quiet: ['offer_again', 'hand_back'],
  },
  seen: {
    waiting: ['offer_again', 'page', 'own_up', 'page_again'],
    quiet: ['offer_again', 'hand_back'],
  },
  claimed: { waiting: ['remind', 'release'], quiet: ['nudge', 'hand_back'] },
  answered: { waiting: ['nudge', 'release'], quiet: ['nudge', 'hand_back'] },
}

/** How a live handoff stands. `waiting`: a message of the customer waits, or they were promised a word that nobody has said yet. */
export type Standing = { state: LiveState; waiting: boolean; missed: number; priority: Priority }

export function nextStep({ state, waiting, missed }: Omit<Standing, 'priority'>): NextStep {
  const steps = STEPS[state][waiting ? 'waiting' : 'quiet']
  return steps[Math.min(missed, steps.length - 1)] ?? 'page_again'
}

/**
 * When the next step is due, in epoch milliseconds. Waits count hours of work, except where somebody may be in danger, and
 * where nobody waits.
 */
export function deadlineOf(standing: Standing, policy: PeoplePolicy, now: number): number {
  const { state, waiting, missed, priority } = standing
  if (isClaimed(state) && !waiting) return now + policy.quiet
  const word = state === 'claimed' ? policy.firstWord : state === 'answered' ? policy.nextWord : policy.claim
  const wait = word[priority]
  const step = nextStep(standing)
  const spaced = step === 'page_again' ? Math.min(wait * 2 ** Math.min(missed - 2, 10), policy.pageAtMost) : wait
  return afterWork(priority === 'urgent' ? null : policy.hours, now, Math.max(wait, spaced))
}
