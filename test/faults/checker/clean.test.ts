// What a healthy run leaves behind is no violation, however much happened in it.
import { describe, expect, test } from 'vitest'
import { check, countByKind, KINDS } from '../../../faults/checker/index.ts'
import { beginTale, CANCEL, RESET, wants } from './story.ts'

describe('a clean history', () => {
  test('an empty run breaks no promise, and every kind is counted', () => {
    const counts = countByKind(check(beginTale().end()))
    expect(Object.keys(counts)).toEqual(KINDS.map((kind) => kind.name))
    expect(Object.values(counts).every((count) => count === 0)).toBe(true)
  })

  test('talk, bursts, writes, looks, transcripts and streams of two customers are clean', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send()
    ada.answer()
    ada.send('Cancel order 12346', wants(CANCEL))
    ada.write(CANCEL, 'Order 12346 is cancelled (Lumen Desk Lamp).')
    ada.send('and')
    const burst = ada.send('thanks')
    ada.answer('You are welcome.')
    ada.look(burst.id)
    ada.look(burst.id)
    ada.transcript()
    ada.follow()
    ada.follow('cust_1001', 4)
    const ben = tale.conversation('cust_1002')
    ben.send('Where is order 22345?', { wants: 'read', order: '22345' })
    ben.answer('Order 22345 was delivered on Monday.')
    ben.follow()
    expect(check(tale.end())).toEqual([])
  })

  test('a handoff with a claim, replies, hand-back, an answer afterwards and a close is clean', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send('I want a person', { wants: 'person' })
    const { handoff } = ada.handOff()
    ada.send('Hello?')
    ada.claim(handoff)
    ada.personReply(handoff)
    ada.send('One more thing')
    ada.transcript('agent_1')
    ada.handBack(handoff)
    ada.answer('I go on.')
    ada.close()
    ada.follow()
    ada.follow('agent_1')
    expect(check(tale.end())).toEqual([])
  })

  test('a failed turn with its note and a person is clean, also when the customer closes before anybody came', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send()
    ada.handOff('deadline', 'failed')
    ada.close()
    expect(check(tale.end())).toEqual([])
  })

  test('a mail sent again for a message that a person handed back unanswered is clean', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    const asked = ada.send('Reset my password', wants(RESET))
    const { turn } = ada.beginTurn()
    const effect = ada.sendWrite(turn.number, RESET)
    ada.apply(effect, RESET)
    Object.assign(effect, { state: 'unknown', ended_at: tale.tick() })
    tale.store.steps.push({
      conversation_id: ada.id,
      turn: turn.number,
      key: 'tool/1-0',
      kind: 'tool',
      tool: RESET.tool,
      outcome: 'unknown',
    })
    asked.status = 'handed_off'
    Object.assign(turn, { state: 'handed_off', ended_at: tale.now() })
    ada.row.open_turn = null
    const handoff = ada.offer('unknown_outcome')
    ada.claim(handoff)
    ada.handBack(handoff)
    ada.write(RESET, 'I have sent a mail with a reset link to a***@example.com.')
    expect(check(tale.end())).toEqual([])
  })

  test('posts whose answer never came may be in the store or not', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send('Hello', { wants: 'talk' }, { outcome: 'unknown', status: null, conversation: null })
    ada.answer()
    const lost = { outcome: 'unknown', status: null, waited: null, intent: { wants: 'talk' }, text: 'Hello' }
    tale.operation({ ...lost, actor: 'cust_1002', conversation: null, kind: 'start', messageId: 'never-came' })
    tale.operation({ ...lost, actor: 'cust_1001', conversation: ada.id, kind: 'send', messageId: 'never-came' })
    expect(check(tale.end())).toEqual([])
  })

  test('a repeat with the same answer is one message', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    const { post } = ada.send()
    tale.operation({ ...post, id: 90, ...times(tale) })
    ada.answer()
    expect(check(tale.end())).toEqual([])
  })
})

const times = (tale: ReturnType<typeof beginTale>) => ({ invokedAt: tale.tick(), endedAt: tale.tick() })
