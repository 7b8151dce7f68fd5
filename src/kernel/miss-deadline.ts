// A deadline of a live handoff has passed: what the table says is done about it, and the next deadline set. It never just ends.
import { actsOf, isLive, type NextStep, nextStep } from '../domain/handoff.ts'
import { raised } from '../domain/escalation.ts'
import type { Actor } from './actor.ts'
import { audit } from './audit.ts'
import type { Scope } from './conversation-row.ts'
import { sayWithTimes, sentences, ticketSentence } from './expectation.ts'
import { passToAi } from './hand-back.ts'
import { changeHandoff, clockOf, customerWaits } from './handoff-clock.ts'
import { notifyOfHandoff } from './handoff-notice.ts'
import { newId } from './ids.ts'
import { liveHandoff } from './pass-floor.ts'
import { sayMessage } from './say-message.ts'
import type { HandoffRow } from './tables.ts'

/** Who acts when nobody does. */
const DESK: Actor = { id: 'everdesk', name: 'everdesk', role: 'operator' }

/** Nothing when no deadline has passed. */
export async function missDeadline(scope: Scope): Promise<void> {
  const handoff = await liveHandoff(scope)
  if (!handoff || handoff.deadline_at > scope.now || !isLive(handoff.state)) return
  const waiting = await customerWaits(scope, handoff)
  const step = nextStep({ state: handoff.state, waiting, missed: handoff.missed })
  const acts = actsOf(step)
  if (acts.handBack) {
    await audit(scope, DESK, { action: 'handoff.handed_back', subject: handoff.id, detail: { why: step } })
    await notifyOfHandoff(scope, acts.notice, handoff, step)
    await passToAi(scope, handoff, null)
    return
  }
  const priority = acts.raise ? raised(handoff.priority) : handoff.priority
  const changed = acts.release
    ? await takeBack(scope, { ...handoff, priority })
    : await changeHandoff(scope, handoff.id, {
        ...clockOf(scope, { ...handoff, priority, missed: handoff.missed + 1, waiting }),
        ...(acts.raise ? { offers: handoff.offers + 1, assigned_to: null, team: null } : {}),
      })
  if (acts.raise) {
    scope.change({ priority })
    const offer = { handoff_id: handoff.id, reason: handoff.reason, priority, again: true }
    scope.emit('handoff-offered', `${handoff.id}/${changed.offers}`, offer)
  }
  await notifyOfHandoff(scope, acts.notice, changed, step)
  if (waiting) await tellCustomer(scope, changed, step)
}

/** From a person who stays silent back to everybody; the floor stays with people. */
async function takeBack(scope: Scope, handoff: HandoffRow): Promise<HandoffRow> {
  const { claimed_by: silent } = handoff
  scope.emit('handoff-released', `${handoff.id}/${scope.row.floor}`, { handoff_id: handoff.id })
  await audit(scope, DESK, {
    action: 'handoff.taken_back',
    subject: handoff.id,
    detail: { from: silent?.id ?? '', state: handoff.state },
  })
  return changeHandoff(scope, handoff.id, {
    ...clockOf(scope, { state: 'offered', priority: handoff.priority, missed: 0, waiting: true }),
    claimed_by: null,
    claimed_at: null,
    offers: handoff.offers + 1,
  })
}

/** Only when what they were told last is over, and not about a time that was promised to nobody. */
async function tellCustomer(scope: Scope, handoff: HandoffRow, step: NextStep): Promise<void> {
  const { now } = scope
  const { tell } = actsOf(step)
  const { promised_at: promised } = handoff
  if (!tell || (promised !== null && promised > now)) return
  const text = sentences(sayWithTimes(scope, tell, { time: handoff.deadline_at.getTime() }), ticketSentence(scope))
  await sayMessage(scope, { id: newId('msg', now), role: 'system', text })
  await changeHandoff(scope, handoff.id, { promised_at: handoff.deadline_at })
}
