// Rows that contradict each other: a transaction was torn, or something went past the lock.
import { describe, expect, test } from 'vitest'
import { beginTale, CANCEL, wants } from './story.ts'
import { kindsIn } from './kinds-in.ts'

function told() {
  const tale = beginTale()
  const ada = tale.conversation('cust_1001')
  const message = ada.send('Cancel order 12346', wants(CANCEL))
  const done = ada.write(CANCEL, 'Order 12346 is cancelled.')
  ada.send('I want a person', { wants: 'person' })
  const { handoff } = ada.handOff()
  return { tale, ada, message, handoff, ...done }
}

type Told = ReturnType<typeof told>

describe('store-contradiction', () => {
  test('a story of a write and a handoff is clean', () => {
    expect(kindsIn(told().tale.end())).toEqual([])
  })

  test.each<[string, (story: Told) => unknown]>([
    ['a message processed by a turn that is not open', ({ message }) => (message.status = 'processing')],
    ['a message that waits for the AI under a person', ({ message }) => (message.status = 'accepted')],
    ['an answer to a message that is not there', ({ reply }) => reply.in_reply_to.push('nobody')],
    ['a message without its event', ({ tale }) => Object.assign(tale.store.events[0] ?? {}, { key: 'other' })],
    ['an event without its message', ({ ada }) => ada.event('message-accepted', 'rung-but-not-stored')],
    [
      'an open turn that the conversation does not know',
      ({ turn }) => Object.assign(turn, { state: 'open', ended_at: null }),
    ],
    ['a conversation with an open turn that is over', ({ ada }) => (ada.row.open_turn = 1)],
    ['a turn that is over and has no end', ({ turn }) => (turn.ended_at = null)],
    ['a missing turn', ({ turn }) => (turn.number = 7)],
    ['a turn on a floor that does not exist yet', ({ turn }) => (turn.floor = 9)],
    ['a turn that is done without a reply', ({ turn }) => (turn.reply_message_id = 'nowhere')],
    ['a turn that began without a row', ({ ada }) => ada.event('turn-started', '9', { turn: 9, message_ids: [] })],
    ['a write of a turn that does not exist', ({ effect }) => (effect.turn = 8)],
    ['a settled write without an end', ({ effect }) => (effect.ended_at = null)],
    ['a settled write that was never sent', ({ effect }) => (effect.sent_at = null)],
    ['an intention whose turn is over', ({ effect }) => Object.assign(effect, { state: 'intended', ended_at: null })],
    ['a settled write without a step', ({ tale }) => (tale.store.steps.length = 0)],
    ['two live handoffs', ({ tale, handoff }) => tale.store.handoffs.push({ ...handoff, id: 'hand_9' })],
    ['a live handoff under the AI', ({ ada }) => (ada.row.controlled_by = 'ai')],
    ['a handoff that is over and has no end', ({ handoff }) => (handoff.state = 'resolved')],
    ['messages without a conversation', ({ tale }) => (tale.store.conversations.length = 0)],
  ])('%s is told', (_, tear) => {
    const story = told()
    tear(story)
    expect(kindsIn(story.tale.end())).toContain('store-contradiction')
  })
})
