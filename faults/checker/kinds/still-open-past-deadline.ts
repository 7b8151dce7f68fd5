import { isLive } from '../answers.ts'
import type { Evidence, Story } from '../evidence.ts'
import type { History } from '../../history.ts'
import { ruling } from '../effect-parts.ts'
import { lateBy, seconds } from '../patience.ts'
import { defineKind, type Finding } from '../violation.ts'

/** A write in `sent` may be looked up for its lease, and once more. */
const SEEN_THROUGH = 60_000

export const stillOpenPastDeadline = defineKind({
  name: 'still-open-past-deadline',
  promise: 'Nothing hangs in silence: what is overdue is on the stuck list, and a person knows of every doubt (P7).',
  find: ({ stories, history }: Evidence) =>
    stories.flatMap((story) => [
      ...(story.stuck ? [] : [...work(story, history), ...writes(story, history)]),
      ...untold(story),
    ]),
})

function work(story: Story, { endedAt, faults, limits }: History): Finding[] {
  const overdue = (due: number) => lateBy(due, endedAt, faults) > 0
  const findings: Finding[] = []
  const found = (explanation: string, messages: string[] = []) =>
    findings.push({ conversation: story.id, messages, explanation })
  for (const turn of story.turns) {
    if (turn.state === 'open' && overdue(turn.deadline_at)) {
      found(`Turn ${turn.number} is open, ${seconds(endedAt - turn.deadline_at)} after its deadline.`)
    }
  }
  for (const message of story.messages) {
    const waits = message.status === 'accepted' || message.status === 'processing'
    if (waits && overdue(message.created_at + limits.turn)) {
      found(`The message ${message.id} waits for ${seconds(endedAt - message.created_at)}.`, [message.id])
    }
  }
  const wake = story.row?.wake_at ?? null
  if (wake !== null && overdue(wake)) {
    found(`The conversation was to be looked at ${seconds(endedAt - wake)} ago, and nobody did.`)
  }
  return findings
}

function writes(story: Story, { endedAt, faults }: History): Finding[] {
  return story.effects.flatMap((effect): Finding[] => {
    const since = effect.sent_at ?? effect.created_at
    const pending = effect.state === 'sent' || effect.state === 'intended'
    if (!pending || lateBy(since + SEEN_THROUGH, endedAt, faults) <= 0) return []
    const explanation = `The write ${effect.tool} is "${effect.state}" for ${seconds(endedAt - since)}, and nobody sees it through.`
    return [{ conversation: story.id, effects: [effect.id], explanation }]
  })
}

/** What only a person can decide must have reached one. */
function untold(story: Story): Finding[] {
  const keys = new Set(story.effects.map((effect) => effect.key))
  const findings: Finding[] = []
  for (const handoff of story.handoffs) {
    if (!keys.has(`${handoff.id}/ticket`)) {
      const explanation = `The handoff ${handoff.id} (${handoff.reason}) was offered, and no ticket tells anybody.`
      findings.push({ conversation: story.id, explanation })
    }
  }
  if (story.row?.controlled_by === 'human' && !story.handoffs.some(isLive)) {
    const explanation = 'A person has the floor, and there is no handoff that any person could claim.'
    findings.push({ conversation: story.id, explanation })
  }
  for (const effect of story.effects) {
    if (effect.state !== 'unknown' || ruling(effect) !== null) continue
    const since = effect.ended_at ?? effect.created_at
    const told = story.handoffs.some((handoff) => handoff.ended_at === null || handoff.ended_at >= since)
    if (told) continue
    const explanation = `Nobody knows whether the write ${effect.tool} happened, and no person was told to find out.`
    findings.push({ conversation: story.id, effects: [effect.id], explanation })
  }
  return findings
}
