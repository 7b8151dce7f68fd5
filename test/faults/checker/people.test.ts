// P5 and P6: who may speak, and whose is what.
import { describe, expect, test } from 'vitest'
import { beginTale, CANCEL, RESET, wants } from './story.ts'
import { explained, kindsIn } from './kinds-in.ts'

function taken() {
  const tale = beginTale()
  const ada = tale.conversation('cust_1001')
  ada.send()
  const { handoff, turn } = ada.handOff()
  ada.claim(handoff)
  return { tale, ada, handoff, turn }
}

describe('ai-after-takeover', () => {
  test('a reply of the AI while a person has the floor is told (P5)', () => {
    const { tale, ada } = taken()
    ada.send('Hello?').status = 'accepted'
    ada.answer('I am still here.')
    expect(kindsIn(tale.end())).toEqual(['ai-after-takeover'])
  })

  test('after hand-back the AI may speak again', () => {
    const { tale, ada, handoff } = taken()
    ada.handBack(handoff)
    ada.answer('I am back.')
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('a reply of a turn that had been ended by a takeover is told, even when its event came first', () => {
    const { tale, ada } = taken()
    tale.tick()
    const other = tale.conversation('cust_1002')
    other.send()
    const { reply_message_id } = tale.store.turns.at(-1) ?? { reply_message_id: '' }
    const said = other.answer()
    const turn = tale.store.turns.find((each) => each.conversation_id === other.id)
    Object.assign(turn ?? {}, { state: 'abandoned' })
    expect(explained(tale.end(), 'ai-after-takeover')).toEqual([
      `The AI said ${said.id} in turn 1, which had been ended as abandoned.`,
    ])
    expect(reply_message_id).not.toBe(said.id)
    expect(ada.row.controlled_by).toBe('human')
  })

  test('a first send under a person’s floor or after its turn is told; one before the takeover is seen through', () => {
    const told = (after: number) => {
      const tale = beginTale()
      const ada = tale.conversation('cust_1001')
      const message = ada.send('Reset my password', wants(RESET))
      const { turn } = ada.beginTurn()
      const effect = ada.sendWrite(turn.number, RESET)
      message.status = 'handed_off'
      Object.assign(turn, { state: 'abandoned', ended_at: tale.tick() })
      ada.row.open_turn = null
      const handoff = ada.offer('taken_over')
      ada.claim(handoff)
      if (after > 0) effect.sent_at = tale.now() + after
      tale.tick(after + 5)
      ada.apply(effect, RESET)
      Object.assign(effect, { state: 'settled', ended_at: tale.tick() })
      tale.store.steps.push({
        conversation_id: ada.id,
        turn: 1,
        key: 'tool/1-0',
        kind: 'tool',
        tool: RESET.tool,
        outcome: 'ok',
      })
      return kindsIn(tale.end())
    }
    expect(told(0)).toEqual([])
    expect(told(5)).toEqual(['ai-after-takeover'])
  })
})

describe('wrong-customer', () => {
  function two() {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send('Where is order 12345?', { wants: 'read', order: '12345' })
    const toAda = ada.answer('Order 12345 has shipped.')
    const ben = tale.conversation('cust_1002')
    const asked = ben.send('Where is order 22345?', { wants: 'read', order: '22345' })
    const toBen = ben.answer('Order 22345 was delivered.')
    return { tale, ada, ben, asked, toAda, toBen }
  }

  test('a reply that names another customer’s order is told (P6)', () => {
    const { tale, toBen } = two()
    toBen.text = 'Order 12345 has shipped.'
    expect(kindsIn(tale.end())).toEqual(['wrong-customer'])
  })

  test('what the customer wrote first may be named, and a postal code is no order', () => {
    const { tale, ben, toBen } = two()
    ben.send('And order 12345?', { wants: 'forbidden', operation: 'cancel_order', key: '12345' })
    ben.answer('There is no order 12345 on this account.')
    toBen.text = 'Order 22345 goes to 12 Main Street, 12345 Springfield.'
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('how another customer’s order stands is told to nobody, also not to who wrote its number', () => {
    const { tale, ben } = two()
    ben.send('And order 12345?', { wants: 'forbidden', operation: 'cancel_order', key: '12345' })
    ben.answer('Order 12345 has shipped with Parcelway.')
    expect(kindsIn(tale.end())).toEqual(['wrong-customer'])
  })

  test('lists, drafts and other marks of a customer are read, too', () => {
    const listed = two()
    listed.toBen.text = 'These are your newest orders:\n- 12345: shipped'
    expect(kindsIn(listed.tale.end())).toEqual(['wrong-customer'])
    const draft = two()
    draft.ben.follow().drafts.push({ messageId: 'm', at: 0, text: 'Order 12345 has' })
    expect(kindsIn(draft.tale.end())).toEqual(['wrong-customer'])
    const mark = two()
    mark.tale.history.belongings = { 'ZX81-5512-9034': 'cust_1001' }
    mark.toAda.text = 'Tracking ZX81-5512-9034.'
    expect(kindsIn(mark.tale.end())).toEqual([])
    mark.toBen.text = 'Tracking ZX81-5512-9034.'
    expect(kindsIn(mark.tale.end())).toEqual(['wrong-customer'])
  })

  test('rows of another customer in a conversation are told', () => {
    const { tale, toBen } = two()
    toBen.customer_id = 'cust_1001'
    expect(kindsIn(tale.end())).toEqual(['wrong-customer'])
  })

  test('a back end that acted for somebody else is told', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send('Cancel order 12346', wants(CANCEL))
    const { proof } = ada.write(CANCEL, 'Order 12346 is cancelled.')
    proof.customer_id = 'cust_1002'
    expect(kindsIn(tale.end())).toContain('wrong-customer')
  })

  test('a stranger who is answered is told, one who is turned away and an agent are not', () => {
    const { tale, ada } = two()
    ada.transcript('agent_1')
    ada.poll(`${ada.id}-m1`, null, { actor: 'cust_1002', outcome: 'fail', status: 404 })
    expect(kindsIn(tale.end())).toEqual([])
    ada.transcript('cust_1002')
    expect(kindsIn(tale.end())).toEqual(['wrong-customer'])
  })

  test('a stranger’s stream, and an internal event on a customer’s, are told', () => {
    const { tale, ada } = two()
    const stream = ada.follow('cust_1002')
    expect(kindsIn(tale.end())).toEqual(['wrong-customer'])
    stream.actor = 'cust_1001'
    expect(kindsIn(tale.end())).toEqual([])
    const internal = tale.store.events.find((event) => event.seq === 2 && event.conversation_id === ada.id)
    Object.assign(internal ?? {}, { audience: 'agents' })
    expect(kindsIn(tale.end())).toEqual(['wrong-customer'])
  })
})
