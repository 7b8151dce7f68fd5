import type { Evidence, SentMessage } from '../evidence.ts'
import { groupBy } from '../group-by.ts'
import { defineKind, type Finding } from '../violation.ts'

export const acceptedTwice = defineKind({
  name: 'accepted-twice',
  promise: 'The same client message id is one message, and the store has no message that nobody sent (P2).',
  find: (evidence) => [...uninvited(evidence), ...startedTwice(evidence)],
})

/** Customer messages under an id that no client of this run used: a repeat that was taken for something new, mostly. */
function uninvited({ sent, stories }: Evidence): Finding[] {
  const posted = groupBy(sent, (message) => `${message.customer}/${message.messageId}`)
  return stories.flatMap((story) => {
    const rows = story.messages.filter((message) => message.role === 'customer')
    return rows.flatMap((row): Finding[] => {
      const known = posted.get(`${story.row?.customer_id ?? row.customer_id}/${row.id}`) ?? []
      if (known.some((message) => message.first || message.conversation === story.id)) return []
      const twin = rows.find((other) => other.id !== row.id && other.text === row.text && other.seq < row.seq)
      const explanation = twin
        ? `The message ${twin.id} was stored a second time, as ${row.id}.`
        : `The store has the message ${row.id}, which nobody sent.`
      return [{ conversation: story.id, messages: twin ? [twin.id, row.id] : [row.id], explanation }]
    })
  })
}

function startedTwice({ sent, stories }: Evidence): Finding[] {
  const firsts = groupBy(
    stories.flatMap((story) => story.messages.find((message) => message.role === 'customer') ?? []),
    (row) => `${row.customer_id}/${row.id}`,
  )
  return sent.flatMap(({ customer, messageId, first }: SentMessage): Finding[] => {
    const begun = first ? (firsts.get(`${customer}/${messageId}`) ?? []) : []
    if (begun.length < 2) return []
    const where = begun.map((row) => row.conversation_id).join(' and ')
    const explanation = `The start with the message ${messageId} of ${customer} began ${begun.length} conversations: ${where}.`
    return [{ conversation: begun[1]?.conversation_id ?? null, messages: [messageId], explanation }]
  })
}
