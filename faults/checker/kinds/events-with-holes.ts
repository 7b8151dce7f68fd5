import type { Story } from '../evidence.ts'
import { defineKind, type Finding } from '../violation.ts'

export const eventsWithHoles = defineKind({
  name: 'events-with-holes',
  promise: "A conversation's events are numbered 1, 2, 3 to the row's last seq, and clients saw no other (P4).",
  find: ({ stories }) => stories.flatMap((story) => [...numbering(story), ...unknownToStore(story)]),
})

function numbering({ id, row, events }: Story): Finding[] {
  const wrong = events.findIndex((event, index) => event.seq !== index + 1)
  if (wrong >= 0) {
    const explanation = `Where the event ${wrong + 1} should stand, the store has ${events[wrong]?.seq}.`
    return [{ conversation: id, explanation }]
  }
  if (!row || row.last_seq === events.length) return []
  const explanation = `The conversation counts ${row.last_seq} events, and the store has ${events.length}.`
  return [{ conversation: id, explanation }]
}

function unknownToStore(story: Story): Finding[] {
  const types = new Map(story.events.map((event) => [event.seq, event.type]))
  return story.streams.flatMap((stream): Finding[] => {
    const odd = stream.events.find((event) => types.get(event.seq) !== event.type)
    if (!odd) return []
    const stored = types.get(odd.seq)
    const explanation = `Stream ${stream.id} of ${stream.actor} showed the event ${odd.seq} as ${odd.type}; the store has ${stored ?? 'no such event'}.`
    return [{ conversation: story.id, explanation }]
  })
}
