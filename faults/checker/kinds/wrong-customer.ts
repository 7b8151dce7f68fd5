import { type Belongings, belongings, othersIn } from '../belongings.ts'
import { type Evidence, isCustomer, isPost, type Story, succeeded } from '../evidence.ts'
import { isForAgents } from '../event-data.ts'
import { sightings } from '../sightings.ts'
import { defineKind, type Finding } from '../violation.ts'

export const wrongCustomer = defineKind({
  name: 'wrong-customer',
  promise: 'No text, write, row or answer ever mixes two customers (P6).',
  find: (evidence) => {
    const owners = belongings(evidence)
    return [
      ...evidence.stories.flatMap((story) => {
        const customer = story.row?.customer_id
        if (customer === undefined) return []
        return [...rows(story, customer), ...visitors(story, customer), ...texts(story, customer, owners)]
      }),
      ...ledger(evidence),
    ]
  },
})

function rows(story: Story, customer: string): Finding[] {
  return [
    ...story.messages
      .filter((message) => message.customer_id !== customer)
      .map((message) => ({
        conversation: story.id,
        messages: [message.id],
        explanation: `The message ${message.id} belongs to ${message.customer_id}, its conversation to ${customer}.`,
      })),
    ...story.effects
      .filter((effect) => effect.customer_id !== customer)
      .map((effect) => ({
        conversation: story.id,
        effects: [effect.id],
        explanation: `The write ${effect.tool} is for ${effect.customer_id}, its conversation belongs to ${customer}.`,
      })),
  ]
}

/** A customer who got an answer about a conversation that is not theirs, or an event that is not for customers. */
function visitors(story: Story, customer: string): Finding[] {
  const guests = story.operations.filter(
    (operation) => isCustomer(operation.actor) && operation.actor !== customer && succeeded(operation),
  )
  const followers = story.streams.filter(
    (stream) => isCustomer(stream.actor) && stream.actor !== customer && stream.events.length > 0,
  )
  const internal = new Set(story.events.filter(isForAgents).map((event) => event.seq))
  return [
    ...guests.map((operation) => ({
      conversation: story.id,
      messages: isPost(operation) ? [operation.messageId] : [],
      explanation: `${operation.actor} was answered with ${operation.status} to "${operation.kind}" in the conversation of ${customer}.`,
    })),
    ...followers.map((stream) => ({
      conversation: story.id,
      explanation: `${stream.actor} was shown events of the conversation of ${customer} (stream ${stream.id}).`,
    })),
    ...story.streams.flatMap((stream): Finding[] => {
      const shown = isCustomer(stream.actor) && stream.events.find((event) => internal.has(event.seq))
      if (!shown) return []
      const explanation = `Stream ${stream.id} showed ${stream.actor} the event ${shown.seq} (${shown.type}), which is for the company's people.`
      return [{ conversation: story.id, explanation }]
    }),
  ]
}

function texts(story: Story, customer: string, owners: Belongings): Finding[] {
  const shown = [
    ...story.messages
      .filter((message) => message.role === 'ai' || message.role === 'system')
      .map(({ id, text }) => ({ id, text })),
    ...sightings(story).map(({ seen }) => ({ id: seen.replyId ?? 'a reply', text: seen.replyText ?? '' })),
    ...story.streams.flatMap((stream) =>
      stream.drafts.map(({ messageId, text }) => ({ id: `the draft of ${messageId}`, text: text ?? '' })),
    ),
    ...story.operations.flatMap((operation) =>
      operation.kind === 'transcript'
        ? (operation.messages ?? [])
            .filter((message) => message.role === 'ai' || message.role === 'system')
            .map(({ id, text }) => ({ id, text }))
        : [],
    ),
  ]
  const told = new Set<string>()
  return shown.flatMap(({ id, text }): Finding[] => {
    const [mark] = othersIn(text, story, customer, owners)
    if (mark === undefined || told.has(id)) return []
    told.add(id)
    const explanation = `${id} tells ${customer} of "${mark}", which belongs to ${owners.get(mark)}.`
    return [{ conversation: story.id, messages: [id], explanation }]
  })
}

/** A back end that was asked to act for somebody else than the conversation's customer. */
function ledger(evidence: Evidence): Finding[] {
  return evidence.applied.flatMap((row): Finding[] => {
    const effect = evidence.effectOf(row)
    const customer = effect && evidence.story(effect.conversation_id)?.row?.customer_id
    if (!effect || !customer || row.customer_id === undefined || row.customer_id === customer) return []
    const explanation = `${row.system} did ${row.operation} for ${row.customer_id}; the conversation belongs to ${customer}.`
    return [{ conversation: effect.conversation_id, effects: [effect.id], explanation }]
  })
}
