import { type Evidence, isPost, type PostOperation, type Story, succeeded } from '../evidence.ts'
import type { FaultRecord, Operation } from '../../history.ts'
import { groupBy } from '../group-by.ts'
import { defineKind, type Finding } from '../violation.ts'

/** Answers about the moment, not about the message: the same request may fare otherwise later. */
const OF_THE_MOMENT = new Set([401, 408, 429, 502, 503, 504])

export const repeatAnsweredOtherwise = defineKind({
  name: 'repeat-answered-otherwise',
  promise: 'The same message id or key again returns the first outcome, with the same status code (P2).',
  find: (evidence) => [
    ...posts(evidence),
    ...evidence.stories.flatMap((story) => acts(story, evidence.history.faults)),
  ],
})

function posts({ sent, history }: Evidence): Finding[] {
  return sent.flatMap(({ customer, messageId, posts, first }): Finding[] => {
    const found = (post: PostOperation, text: string): Finding[] => [
      {
        conversation: post.conversation,
        messages: [messageId],
        explanation: `The message ${messageId} of ${customer} ${text}`,
      },
    ]
    for (const group of groupBy(posts, (post) => post.text).values()) {
      const accepted = group.filter(succeeded)
      for (const post of accepted) {
        const code = accepted.find((other) => codeOf(other) !== codeOf(post))
        if (code) return found(post, `was answered with ${post.status}, and a repeat of it with ${code.status}.`)
        const place = accepted.find((other) => other.conversation !== post.conversation)
        if (place && first) {
          return found(post, `began ${String(post.conversation)}, and a repeat of it ${String(place.conversation)}.`)
        }
        const refused = group.find((other) => isRefusal(other, history.faults))
        if (refused) return found(post, `was answered with ${post.status}, and a repeat of it with ${refused.status}.`)
      }
    }
    return []
  })
}

/** With `Prefer: wait` a message that is settled in time is 200 instead of 202. */
const codeOf = (post: PostOperation): number | null => (post.waited && post.status === 200 ? 202 : post.status)

/** A fault may turn an answer into a 500; without one it is an answer like any other. */
function isRefusal(operation: Operation, faults: readonly FaultRecord[]): boolean {
  const { status, invokedAt, endedAt } = operation
  if (status === null || status < 400 || OF_THE_MOMENT.has(status)) return false
  return status < 500 || !faults.some((fault) => fault.startedAt <= endedAt && fault.healedAt + 5000 >= invokedAt)
}

/** A command that was carried out once is answered so for ever; one that was refused may succeed another time. */
function acts(story: Story, faults: readonly FaultRecord[]): Finding[] {
  const commands = story.operations.flatMap((operation) =>
    !isPost(operation) && 'key' in operation && operation.key !== '' ? [operation] : [],
  )
  return [...groupBy(commands, ({ actor, kind, key }) => `${actor}/${kind}/${key}`).values()].flatMap(
    (group): Finding[] => {
      const done = group.find(succeeded)
      if (!done) return []
      const other = group.find(
        (each) =>
          each.invokedAt > done.endedAt && (succeeded(each) ? each.status !== done.status : isRefusal(each, faults)),
      )
      if (!other) return []
      const explanation = `"${done.kind}" with the key ${done.key} was answered with ${done.status}, and its repeat with ${other.status}.`
      return [{ conversation: story.id, explanation }]
    },
  )
}
