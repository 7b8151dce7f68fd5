import { aiAnswers } from '../answers.ts'
import { isForAgents } from '../event-data.ts'
import type { Story } from '../evidence.ts'
import { isPost, succeeded } from '../evidence.ts'
import type { TranscriptMessage } from '../../history.ts'
import { defineKind, type Finding } from '../violation.ts'

/** A transcript of fewer messages than the smallest page is all there was. */
const PAGE = 20

export const outOfOrder = defineKind({
  name: 'out-of-order',
  promise: 'Replies come in the order of the messages, and every look at the conversation shows the same order (P4).',
  find: ({ stories }) =>
    stories.flatMap((story) => [
      ...backwards(story),
      ...repliesOutOfOrder(story),
      ...transcripts(story),
      ...streams(story),
    ]),
})

/** Seq and time run together: both are given under the conversation's lock. */
function backwards(story: Story): Finding[] {
  const rows = [
    ...story.messages.map(({ seq, created_at, id }) => ({ seq, at: created_at, name: `the message ${id}` })),
    ...story.events.map(({ seq, at, type }) => ({ seq, at, name: `the event ${seq} (${type})` })),
  ].toSorted((a, b) => a.seq - b.seq)
  return rows.flatMap((row, index): Finding[] => {
    const before = rows[index - 1]
    if (!before || before.at <= row.at || before.seq === row.seq) return []
    const explanation = `By seq ${row.name} comes after ${before.name}, by time ${before.at - row.at} ms before it.`
    return [{ conversation: story.id, explanation }]
  })
}

function repliesOutOfOrder(story: Story): Finding[] {
  const seqOf = new Map(story.messages.map((message) => [message.id, message.seq]))
  const handedBack = story.events.filter((event) => event.type === 'handed-back').map((event) => event.seq)
  const findings: Finding[] = []
  let newest = 0
  for (const { reply, answers } of aiAnswers(story)) {
    const seqs = answers.flatMap((id) => seqOf.get(id) ?? [])
    const early = seqs.find((seq) => seq > reply.seq)
    if (early !== undefined) {
      const explanation = `The reply ${reply.id} stands before the message it answers.`
      findings.push({ conversation: story.id, messages: [reply.id, ...answers], explanation })
    }
    // What a person had in between may come back late, and is answered then.
    const overtaken = seqs.filter((seq) => seq < newest && !handedBack.some((back) => back > seq && back < reply.seq))
    if (overtaken.length > 0) {
      const explanation = `The reply ${reply.id} answers a message after a later one had been answered.`
      findings.push({ conversation: story.id, messages: [reply.id, ...answers], explanation })
    }
    newest = Math.max(newest, ...seqs)
  }
  return findings
}

/** Every transcript is a beginning of the final one. */
function transcripts(story: Story): Finding[] {
  const visible = story.messages.filter((message) => message.role !== 'note')
  const stored = new Map(visible.map((message) => [message.id, message]))
  return story.operations.flatMap((operation): Finding[] => {
    if (operation.kind !== 'transcript' || !operation.messages || !succeeded(operation)) return []
    const shown = operation.messages.filter((message) => message.role !== 'note')
    const found = (messages: string[], explanation: string): Finding[] => [
      { conversation: story.id, messages, explanation: `The transcript seen by ${operation.actor} ${explanation}` },
    ]
    const wrong = shown.find((message, index) => (shown[index - 1]?.seq ?? 0) >= message.seq)
    if (wrong) return found([wrong.id], `was not in the order of seq at ${wrong.id}.`)
    const changed = shown.find((message) => !isSame(message, stored.get(message.id)))
    if (changed) {
      const what = stored.has(changed.id) ? 'otherwise than the store has it' : 'and the store does not have it'
      return found([changed.id], `showed ${changed.id}, ${what}.`)
    }
    const last = shown.at(-1)?.seq ?? 0
    const ids = new Set(shown.map((message) => message.id))
    const left = visible.find((message) => message.seq <= last && !ids.has(message.id))
    if (left) return found([left.id], `left out ${left.id}, which stands before others that it showed.`)
    const own = story.operations.filter(isPost).filter((post) => succeeded(post) && post.endedAt < operation.invokedAt)
    const unseen = own.find((post) => stored.has(post.messageId) && !ids.has(post.messageId))
    if (unseen && shown.length < PAGE) {
      return found([unseen.messageId], `did not show ${unseen.messageId}, which had been accepted before.`)
    }
    return []
  })
}

const isSame = (seen: TranscriptMessage, row: Story['messages'][number] | undefined): boolean =>
  row !== undefined &&
  row.seq === seen.seq &&
  row.role === seen.role &&
  row.text === seen.text &&
  row.in_reply_to.join() === seen.in_reply_to.join()

/** A stream runs forward; a step back to something new is no repeat but a wrong order. */
function streams(story: Story): Finding[] {
  const known = new Set(story.events.filter((event) => !isForAgents(event)).map((event) => event.seq))
  return story.streams.flatMap((stream): Finding[] => {
    const seen = new Set<number>()
    let last = 0
    for (const { seq } of stream.events) {
      if (seq < last && !seen.has(seq) && known.has(seq)) {
        const explanation = `Stream ${stream.id} of ${stream.actor} showed the event ${seq} after the event ${last}.`
        return [{ conversation: story.id, explanation }]
      }
      seen.add(seq)
      last = seq
    }
    return []
  })
}
