import { defineKind, type Finding } from '../violation.ts'

export const eventTwice = defineKind({
  name: 'event-twice',
  promise: 'A client that reconnects with the last id it saw sees no durable event again (P4).',
  find: ({ stories }) =>
    stories.flatMap((story) =>
      story.streams.flatMap((stream): Finding[] => {
        const seqs = stream.events.map((event) => event.seq)
        const early = seqs.find((seq) => seq <= stream.after)
        if (early !== undefined) {
          const explanation = `Stream ${stream.id} of ${stream.actor} asked for events after ${stream.after} and was shown ${early}.`
          return [{ conversation: story.id, explanation }]
        }
        const again = seqs.find((seq, index) => seqs.indexOf(seq) !== index)
        if (again === undefined) return []
        const explanation = `Stream ${stream.id} of ${stream.actor} showed the event ${again} twice, over ${stream.connections} connections.`
        return [{ conversation: story.id, explanation }]
      }),
    ),
})
