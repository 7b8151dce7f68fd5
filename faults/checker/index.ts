// The checker: what a recorded run says of the promises. Pure; a new kind is one file in kinds/ and one line here.
import type { History } from '../history.ts'
import { gather } from './evidence.ts'
import { acceptedLost } from './kinds/accepted-lost.ts'
import { acceptedNeverAnswered } from './kinds/accepted-never-answered.ts'
import { acceptedTwice } from './kinds/accepted-twice.ts'
import { aiAfterTakeover } from './kinds/ai-after-takeover.ts'
import { answeredTwice } from './kinds/answered-twice.ts'
import { approvalExecutedTwice } from './kinds/approval-executed-twice.ts'
import { approvalLeftUndone } from './kinds/approval-left-undone.ts'
import { consentMissing } from './kinds/consent-missing.ts'
import { decisionWronglyAccepted } from './kinds/decision-wrongly-accepted.ts'
import { doneByHalves } from './kinds/done-by-halves.ts'
import { doneButSaidFailed } from './kinds/done-but-said-failed.ts'
import { effectTwice } from './kinds/effect-twice.ts'
import { effectWithoutRequest } from './kinds/effect-without-request.ts'
import { eventMissed } from './kinds/event-missed.ts'
import { eventTwice } from './kinds/event-twice.ts'
import { eventsWithHoles } from './kinds/events-with-holes.ts'
import { executedOtherThanApproved } from './kinds/executed-other-than-approved.ts'
import { outOfOrder } from './kinds/out-of-order.ts'
import { overACap } from './kinds/over-a-cap.ts'
import { repeatAnsweredOtherwise } from './kinds/repeat-answered-otherwise.ts'
import { saidDoneButNotDone } from './kinds/said-done-but-not-done.ts'
import { stillOpenPastDeadline } from './kinds/still-open-past-deadline.ts'
import { storeContradiction } from './kinds/store-contradiction.ts'
import { wrongCustomer } from './kinds/wrong-customer.ts'
import type { Kind, Violation } from './violation.ts'

export const KINDS: readonly Kind[] = [
  acceptedNeverAnswered,
  acceptedLost,
  acceptedTwice,
  answeredTwice,
  outOfOrder,
  effectWithoutRequest,
  effectTwice,
  saidDoneButNotDone,
  doneButSaidFailed,
  doneByHalves,
  consentMissing,
  decisionWronglyAccepted,
  approvalExecutedTwice,
  executedOtherThanApproved,
  approvalLeftUndone,
  aiAfterTakeover,
  wrongCustomer,
  eventMissed,
  eventTwice,
  eventsWithHoles,
  overACap,
  stillOpenPastDeadline,
  repeatAnsweredOtherwise,
  storeContradiction,
]

/** Everything in the history that breaks a promise; empty when all were kept. */
export function check(history: History): Violation[] {
  const evidence = gather(history)
  return KINDS.flatMap((kind) =>
    kind.find(evidence).map(({ conversation, messages = [], effects = [], explanation }) => ({
      kind: kind.name,
      conversation,
      messages,
      effects,
      explanation,
    })),
  )
}

/** How many of each kind; every kind is named, so that a 0 says "looked for and not found". */
export function countByKind(violations: readonly Violation[]): Record<string, number> {
  return Object.fromEntries(
    KINDS.map(({ name }) => [name, violations.filter((violation) => violation.kind === name).length]),
  )
}
