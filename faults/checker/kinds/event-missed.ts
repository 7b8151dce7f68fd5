import { isForAgents } from '../event-data.ts'
import { isCustomer } from '../evidence.ts'
import { defineKind, type Finding } from '../violation.ts'

export const eventMissed = defineKind({
  name: 'event-missed',
  promise: 'A client that reconnects with the last id it saw misses no durable event (P4).',
  find: ({ stories }) =>
    stories.flatMap((story) =>
      story.streams.flatMap((stream): Finding[] => {
        const seen = new Set(stream.events.map((event) => event.seq))
        // What came later than its last event is owed only to one that stayed for it: the run ends, follow-ups go on.
        const until = Math.max(stream.stayedFor ?? 0, ...seen)
        const missed = story.events.filter(
          (event) =>
            event.seq > stream.after &&
            event.seq <= until &&
            !seen.has(event.seq) &&
            !(isForAgents(event) && isCustomer(stream.actor)),
        )
        const [first] = missed
        if (!first) return []
        const explanation = `Stream ${stream.id} of ${stream.actor} never showed the event ${first.seq} (${first.type})${missed.length > 1 ? ` and ${missed.length - 1} more` : ''}, over ${stream.connections} connections.`
        return [{ conversation: story.id, explanation }]
      }),
    ),
})
