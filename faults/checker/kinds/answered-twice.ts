import { aiAnswers } from '../answers.ts'
import type { Story } from '../evidence.ts'
import { groupBy } from '../group-by.ts'
import { isBefore, type Sighting, sightings } from '../sightings.ts'
import { defineKind, type Finding } from '../violation.ts'

export const answeredTwice = defineKind({
  name: 'answered-twice',
  promise: 'A message gets one answer, and what a client was once told of it stays true (P1, P2).',
  find: ({ stories }) => stories.flatMap((story) => [...inStore(story), ...asSeen(story), ...unlikeStore(story)]),
})

/** Two AI texts for one message or one turn, or the AI after a person had answered. */
function inStore(story: Story): Finding[] {
  const answers = aiAnswers(story)
  const findings: Finding[] = []
  for (const [turn, said] of groupBy(
    answers.filter(({ reply }) => reply.turn !== null),
    ({ reply }) => String(reply.turn),
  )) {
    if (said.length < 2) continue
    const ids = said.map(({ reply }) => reply.id)
    findings.push(finding(story, ids, `Turn ${turn} said ${said.length} things: ${ids.join(' and ')}.`))
  }
  for (const message of story.messages.filter((row) => row.role === 'customer')) {
    const byAi = answers.filter((answer) => answer.answers.includes(message.id)).map(({ reply }) => reply)
    const [first, second] = byAi
    if (first && second) {
      const text = `The AI answered the message ${message.id} ${byAi.length} times: ${byAi.map((reply) => reply.id).join(' and ')}.`
      findings.push(finding(story, [message.id, first.id, second.id], text))
    }
    const byPerson = story.messages.find((row) => row.role === 'human' && row.in_reply_to.includes(message.id))
    const late = byPerson && byAi.find((reply) => reply.seq > byPerson.seq)
    if (byPerson && late) {
      const text = `A person had answered the message ${message.id} with ${byPerson.id}, and the AI answered it again with ${late.id}.`
      findings.push(finding(story, [message.id, byPerson.id, late.id], text))
    }
  }
  return findings
}

/** "Answered" is the last word: nothing a client is told later may take it back or name another answer. */
function asSeen(story: Story): Finding[] {
  return [...groupBy(sightings(story), (sighting) => sighting.messageId)].flatMap(([id, seen]) => {
    const answered = seen.filter((sighting) => sighting.seen.status === 'answered')
    const findings: Finding[] = []
    const back = firstPair(answered, seen, (a, b) => isBefore(a, b) && b.seen.status !== 'answered')
    if (back) {
      const text = `A client was told that the message ${id} is answered, and later that it is ${back[1].seen.status}.`
      findings.push(finding(story, [id], text))
    }
    const other = firstPair(answered, answered, (a, b) => a.seen.replyId !== b.seen.replyId && bothNamed(a, b))
    if (other) {
      const [a, b] = other.map((sighting) => String(sighting.seen.replyId))
      findings.push(finding(story, [id], `Clients were shown two answers to the message ${id}: ${a} and ${b}.`))
    }
    const changed = firstPair(
      answered,
      answered,
      (a, b) => a.seen.replyId === b.seen.replyId && bothNamed(a, b) && a.seen.replyText !== b.seen.replyText,
    )
    if (changed) {
      const reply = String(changed[0].seen.replyId)
      findings.push(finding(story, [id, reply], `Clients were shown two texts of the answer ${reply}.`))
    }
    return findings
  })
}

/** An answer that a client was shown is the one the store keeps. */
function unlikeStore(story: Story): Finding[] {
  const messages = new Map(story.messages.map((message) => [message.id, message]))
  return sightings(story).flatMap(({ messageId, seen }): Finding[] => {
    if (seen.status !== 'answered' || seen.replyId === null) return []
    const reply = messages.get(seen.replyId)
    const fits =
      reply && (reply.role === 'ai' || reply.role === 'human') && reply.text === (seen.replyText ?? reply.text)
    if (fits) return []
    const text = reply
      ? `The answer ${seen.replyId} to the message ${messageId} was shown with another text or voice than the store has.`
      : `A client was shown the answer ${seen.replyId} to the message ${messageId}, and the store does not have it.`
    return [finding(story, [messageId, seen.replyId], text)]
  })
}

const bothNamed = (a: Sighting, b: Sighting): boolean => a.seen.replyId !== null && b.seen.replyId !== null

function firstPair(
  firsts: Sighting[],
  seconds: Sighting[],
  wanted: (a: Sighting, b: Sighting) => boolean,
): [Sighting, Sighting] | null {
  for (const a of firsts) {
    const b = seconds.find((second) => wanted(a, second))
    if (b) return [a, b]
  }
  return null
}

const finding = (story: Story, messages: string[], explanation: string): Finding => ({
  conversation: story.id,
  messages,
  explanation,
})
