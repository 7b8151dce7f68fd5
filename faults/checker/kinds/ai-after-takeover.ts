import type { Story } from '../evidence.ts'
import { heldAtSeq, heldAtTime, personsFloors } from '../floors.ts'
import { defineKind, type Finding } from '../violation.ts'

/** How a turn ends when it may no longer speak. */
const TAKEN = new Set(['abandoned', 'handed_off', 'failed'])

export const aiAfterTakeover = defineKind({
  name: 'ai-after-takeover',
  promise:
    'While a person has the conversation the AI says nothing, begins nothing and sends no write of its own (P5).',
  find: ({ stories }) => stories.flatMap((story) => [...words(story), ...turns(story), ...writes(story)]),
})

function words(story: Story): Finding[] {
  const floors = personsFloors(story)
  const turnOf = new Map(story.turns.map((turn) => [turn.number, turn]))
  return story.messages
    .filter((message) => message.role === 'ai')
    .flatMap((reply): Finding[] => {
      const held = heldAtSeq(floors, reply.seq)
      const state = reply.turn === null ? null : turnOf.get(reply.turn)?.state
      const explanation = held
        ? `The AI said ${reply.id} (seq ${reply.seq}) while a person had the floor since event ${held.fromSeq}.`
        : state && TAKEN.has(state)
          ? `The AI said ${reply.id} in turn ${reply.turn}, which had been ended as ${state}.`
          : null
      return explanation === null ? [] : [{ conversation: story.id, messages: [reply.id], explanation }]
    })
}

function turns(story: Story): Finding[] {
  const floors = personsFloors(story)
  return story.events
    .filter((event) => event.type === 'turn-started' && heldAtSeq(floors, event.seq))
    .map((event) => ({
      conversation: story.id,
      explanation: `The AI began turn ${event.key} at event ${event.seq} while a person had the floor.`,
    }))
}

/** What was sent before the takeover is seen through; what an approval or a handoff wants is not the AI's own. */
function writes(story: Story): Finding[] {
  const floors = personsFloors(story)
  const turnOf = new Map(story.turns.map((turn) => [turn.number, turn]))
  return story.effects
    .filter((effect) => effect.authority === 'turn' && effect.sent_at !== null)
    .flatMap((effect): Finding[] => {
      const sentAt = effect.sent_at ?? 0
      const held = heldAtTime(floors, sentAt)
      const ended = effect.turn === null ? null : (turnOf.get(effect.turn)?.ended_at ?? null)
      const explanation = held
        ? `The write ${effect.tool} was sent ${sentAt - held.fromTime} ms after a person had taken the floor.`
        : ended !== null && sentAt > ended
          ? `The write ${effect.tool} was sent ${sentAt - ended} ms after its turn had ended.`
          : null
      return explanation === null ? [] : [{ conversation: story.id, effects: [effect.id], explanation }]
    })
}
