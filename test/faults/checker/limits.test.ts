// P7 and P8: caps, deadlines, and what hangs.
import { describe, expect, test } from 'vitest'
import { lateBy } from '../../../faults/checker/patience.ts'
import type { FaultRecord } from '../../../faults/history.ts'
import { beginTale, CANCEL, RESET, wants } from './story.ts'
import { kindsIn } from './kinds-in.ts'

function talk() {
  const tale = beginTale()
  const ada = tale.conversation('cust_1001')
  const message = ada.send()
  const reply = ada.answer()
  const turn = tale.store.turns[0]
  if (!turn) throw new Error('no turn')
  return { tale, ada, message, reply, turn }
}

const fault = (startedAt: number, healedAt: number): FaultRecord => ({
  kind: 'worker-kill',
  target: 'worker 1',
  startedAt,
  healedAt,
  inFlight: 1,
  hit: true,
  recovery: 1,
})

describe('over-a-cap', () => {
  test('a message that had to be refused and was accepted is told, one that was refused is not (P8)', () => {
    const { tale, ada, message } = talk()
    message.post.intent = { wants: 'refusal', status: 422 }
    expect(kindsIn(tale.end())).toEqual(['over-a-cap'])
    message.post.intent = { wants: 'talk' }
    const refused = { wants: 'refusal', status: 422 }
    const post = {
      actor: 'cust_1001',
      conversation: ada.id,
      kind: 'send',
      messageId: 'no',
      waited: null,
      intent: refused,
    }
    tale.operation({ ...post, text: '', outcome: 'fail', status: 422 })
    tale.operation({ ...post, text: '', outcome: 'unknown', status: null })
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('a text of 5,000 code points may be stored, one more may not', () => {
    const { tale, message } = talk()
    const write = (text: string) => {
      message.text = text
      message.post.text = text
      return kindsIn(tale.end())
    }
    expect(write('😀'.repeat(5000))).toEqual([])
    expect(write('😀'.repeat(5001))).toEqual(['over-a-cap'])
  })

  test('model calls, tool calls and money have their limits', () => {
    const { tale, ada } = talk()
    const step = { conversation_id: ada.id, turn: 1, tool: null, outcome: null }
    for (let round = 1; round <= 7; round += 1) tale.store.steps.push({ ...step, key: `model/${round}`, kind: 'model' })
    ada.row.cost_usd = 0.5
    expect(kindsIn(tale.end())).toEqual([])
    tale.store.steps.push({ ...step, key: 'model/8', kind: 'model' })
    expect(kindsIn(tale.end())).toEqual(['over-a-cap'])
    tale.store.steps.pop()
    ada.row.cost_usd = 0.8
    expect(kindsIn(tale.end())).toEqual(['over-a-cap'])
    ada.row.cost_usd = 0
    const tool = { ...step, kind: 'tool', tool: 'get_order_status', outcome: 'ok' }
    for (let call = 0; call <= 40; call += 1) tale.store.steps.push({ ...tool, key: `tool/1-${call}` })
    expect(kindsIn(tale.end())).toEqual(['over-a-cap'])
  })

  test('a turn that lasted beyond its deadline is told, unless a fault had it', () => {
    const { tale, turn } = talk()
    turn.started_at -= 140_000
    expect(kindsIn(tale.end())).toEqual(['over-a-cap'])
    tale.history.faults.push(fault(turn.started_at, (turn.ended_at ?? 0) - 1000))
    expect(kindsIn(tale.end())).toEqual([])
  })
})

describe('lateness', () => {
  test('counts from the deadline, and from the last heal while faults struck', () => {
    expect(lateBy(0, 14_000, [])).toBeLessThanOrEqual(0)
    expect(lateBy(0, 16_000, [])).toBe(1000)
    expect(lateBy(0, 90_000, [fault(-10_000, 20_000)])).toBeLessThanOrEqual(0)
    expect(lateBy(0, 96_000, [fault(-10_000, 20_000)])).toBe(1000)
    expect(lateBy(0, 16_000, [fault(-200_000, -100_000)])).toBe(1000)
    expect(lateBy(0, 16_000, [fault(17_000, 18_000)])).toBe(1000)
  })
})

describe('still-open-past-deadline', () => {
  test('an open turn past its deadline is told, unless it is on the stuck list (P7)', () => {
    const { tale, ada } = talk()
    ada.send('And?')
    ada.beginTurn()
    expect(kindsIn(tale.end())).toEqual(['accepted-never-answered', 'still-open-past-deadline'])
    tale.store.stuck.push(ada.id)
    expect(kindsIn(tale.end())).toEqual(['accepted-never-answered'])
  })

  test('a time to be asked again that has passed long ago is told', () => {
    const { tale, ada } = talk()
    ada.row.wake_at = tale.now() + 600_000
    expect(kindsIn(tale.end())).toEqual([])
    ada.row.wake_at = tale.now()
    expect(kindsIn(tale.end())).toEqual(['still-open-past-deadline'])
  })

  test('a write in "sent" for minutes is told', () => {
    const { tale, ada } = talk()
    ada.send('Cancel order 12346', wants(CANCEL))
    const { turn, claimed } = ada.beginTurn()
    ada.sendWrite(turn.number, CANCEL)
    ada.say(turn, claimed, 'One moment.')
    expect(kindsIn(tale.end())).toEqual(['still-open-past-deadline'])
  })

  test('a write of unknown outcome needs a person who was told', () => {
    const { tale, ada } = talk()
    const message = ada.send('Reset my password', wants(RESET))
    const { turn } = ada.beginTurn()
    const effect = ada.sendWrite(turn.number, RESET)
    Object.assign(effect, { state: 'unknown', ended_at: tale.tick() })
    Object.assign(turn, { state: 'handed_off', ended_at: tale.now() })
    ada.row.open_turn = null
    message.status = 'handed_off'
    const handoff = ada.offer('unknown_outcome')
    expect(kindsIn(tale.end())).toEqual([])
    Object.assign(handoff, { state: 'resolved', ended_at: effect.created_at - 1 })
    expect(kindsIn(tale.end())).toContain('still-open-past-deadline')
  })

  test('a handoff without a ticket, and a person’s floor without a handoff, tell nobody', () => {
    const { tale, ada } = talk()
    ada.send('I want a person', { wants: 'person' })
    ada.handOff()
    const ticket = tale.store.effects.pop()
    expect(kindsIn(tale.end())).toContain('still-open-past-deadline')
    if (ticket) tale.store.effects.push(ticket)
    expect(kindsIn(tale.end())).toEqual([])
    tale.store.handoffs.length = 0
    expect(kindsIn(tale.end())).toContain('still-open-past-deadline')
  })
})
