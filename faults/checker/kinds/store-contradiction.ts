import { isLive } from '../answers.ts'
import { fieldOf } from '../event-data.ts'
import type { Story } from '../evidence.ts'
import { defineKind } from '../violation.ts'

export const storeContradiction = defineKind({
  name: 'store-contradiction',
  promise: 'The rows of a conversation agree with each other: each change was one transaction under its lock.',
  find: ({ stories }) =>
    stories.flatMap((story) =>
      [messages, messageEvents, turns, writes, handoffs]
        .flatMap((look) => look(story))
        .map(({ text, ...ids }) => ({ conversation: story.id, ...ids, explanation: text })),
    ),
})

type Contradiction = { text: string; messages?: string[]; effects?: string[] }

function messages(story: Story): Contradiction[] {
  const { row } = story
  if (!row) {
    return story.messages.length > 0 ? [{ text: 'There are messages, and no conversation that they belong to.' }] : []
  }
  const ids = new Set(story.messages.map((message) => message.id))
  return story.messages.flatMap((message): Contradiction[] => {
    const found = (text: string) => [{ text, messages: [message.id] }]
    if (message.status === 'processing' && (row.open_turn === null || message.turn !== row.open_turn)) {
      return found(`The message ${message.id} is being processed, and its turn ${message.turn} is not open.`)
    }
    if (message.status === 'accepted' && row.controlled_by === 'human') {
      return found(`The message ${message.id} waits for the AI, and a person has the floor.`)
    }
    const strange = message.in_reply_to.find((id) => !ids.has(id))
    return strange === undefined ? [] : found(`${message.id} answers ${strange}, which is no message here.`)
  })
}

/** Every message has its event at its seq, and every such event its message. */
function messageEvents(story: Story): Contradiction[] {
  const bySeq = new Map(story.events.map((event) => [event.seq, event]))
  const ids = new Set(story.messages.map((message) => message.id))
  const without = story.messages.flatMap((message): Contradiction[] => {
    const type =
      message.role === 'customer' ? 'message-accepted' : message.role === 'note' ? 'note-added' : 'message-completed'
    const event = bySeq.get(message.seq)
    if (event?.type === type && event.key === message.id) return []
    return [
      { text: `The message ${message.id} has no event of its own at seq ${message.seq}.`, messages: [message.id] },
    ]
  })
  const empty = story.events
    .filter((event) => /^(message-accepted|message-completed|note-added)$/.test(event.type) && !ids.has(event.key))
    .map((event) => ({ text: `The event ${event.seq} tells of the message ${event.key}, which does not exist.` }))
  return [...without, ...empty]
}

function turns(story: Story): Contradiction[] {
  const { row } = story
  const open = story.turns.filter((turn) => turn.state === 'open').map((turn) => turn.number)
  const found: Contradiction[] = []
  if (row && open.join() !== (row.open_turn === null ? '' : String(row.open_turn))) {
    found.push({
      text: `The conversation's open turn is ${row.open_turn ?? 'none'}; open are ${open.join(', ') || 'none'}.`,
    })
  }
  for (const [index, turn] of story.turns.entries()) {
    if (turn.number !== index + 1) found.push({ text: `Turn ${index + 1} is missing before turn ${turn.number}.` })
    if ((turn.state === 'open') !== (turn.ended_at === null)) {
      found.push({ text: `Turn ${turn.number} is ${turn.state}, and its end is ${turn.ended_at ?? 'not there'}.` })
    }
    if ((story.turns[index - 1]?.floor ?? 0) > turn.floor || (row && turn.floor > row.floor)) {
      found.push({ text: `Turn ${turn.number} stands on floor ${turn.floor}, which does not fit those around it.` })
    }
    const reply = story.messages.find((message) => message.id === turn.reply_message_id)
    if (turn.state === 'done' && reply?.role !== 'ai') {
      found.push({ text: `Turn ${turn.number} is done, and its reply ${turn.reply_message_id} does not exist.` })
    }
  }
  const numbers = new Set(story.turns.map((turn) => turn.number))
  for (const event of story.events.filter((event) => event.type === 'turn-started')) {
    if (!numbers.has(Number(fieldOf(event, 'turn')))) {
      found.push({ text: `The event ${event.seq} tells of a turn that does not exist.` })
    }
  }
  return found
}

function writes(story: Story): Contradiction[] {
  return story.effects.flatMap((effect): Contradiction[] => {
    const found = (text: string) => [{ text: `The write ${effect.tool} ${text}.`, effects: [effect.id] }]
    const turn = effect.turn === null ? null : story.turns.find(({ number }) => number === effect.turn)
    if (turn === undefined) return found(`belongs to turn ${effect.turn}, which does not exist`)
    const ended = effect.state === 'settled' || effect.state === 'refused' || effect.state === 'unknown'
    if (ended !== (effect.ended_at !== null)) return found(`is ${effect.state}, and its end does not fit that`)
    if (
      effect.sent_at === null &&
      (effect.state === 'settled' || effect.state === 'sent' || effect.state === 'unknown')
    ) {
      return found(`is ${effect.state} and was never sent`)
    }
    if (effect.authority !== 'turn' || !turn) return []
    if (effect.state === 'intended' && turn.state !== 'open') {
      return found('is only intended, and its turn is over: it holds its lock for ever')
    }
    const step = story.steps.some(
      (each) => each.kind === 'tool' && each.turn === turn.number && each.tool === effect.tool,
    )
    return effect.state === 'settled' && !step
      ? found(`is settled, and turn ${turn.number} has no step that says so`)
      : []
  })
}

function handoffs(story: Story): Contradiction[] {
  const live = story.handoffs.filter(isLive)
  const found: Contradiction[] = []
  if (live.length > 1)
    found.push({ text: `Two handoffs are live: ${live.map((handoff) => handoff.id).join(' and ')}.` })
  if (live.length > 0 && story.row?.controlled_by === 'ai') {
    found.push({ text: `The AI has the floor, and the handoff ${live[0]?.id} is ${live[0]?.state}.` })
  }
  for (const handoff of story.handoffs) {
    if (isLive(handoff) !== (handoff.ended_at === null)) {
      found.push({
        text: `The handoff ${handoff.id} is ${handoff.state}, and its end is ${handoff.ended_at ?? 'not there'}.`,
      })
    }
  }
  return found
}
