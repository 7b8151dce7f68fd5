// P1 and P2: accepted, answered, repeated.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginTale } from './story.ts'
import { explained, kindsIn } from './kinds-in.ts'

function talk() {
  const tale = beginTale()
  const ada = tale.conversation('cust_1001')
  const message = ada.send()
  return { tale, ada, message }
}

describe('accepted-lost', () => {
  test('a message answered with 202 that the store does not have is lost (P1)', () => {
    const { tale, ada } = talk()
    ada.answer()
    tale.operation({
      actor: 'cust_1001',
      conversation: ada.id,
      status: 202,
      kind: 'send',
      messageId: 'gone',
      text: 'Hello',
      intent: { wants: 'talk' },
      waited: null,
    })
    expect(kindsIn(tale.end())).toEqual(['accepted-lost'])
  })

  test('one stored with another text is lost, one with a masked card number is not', () => {
    const { tale, ada, message } = talk()
    const card = ada.send('My card is 4111 1111 1111 1111')
    ada.answer()
    card.text = 'My card is [card number]'
    expect(kindsIn(tale.end())).toEqual([])
    message.text = 'Something else'
    expect(kindsIn(tale.end())).toEqual(['accepted-lost'])
  })

  test('a look that denies an accepted message is told, a look before it was accepted is not', () => {
    const { tale, ada, message } = talk()
    ada.answer()
    const denied = ada.poll(message.id, null, { outcome: 'fail', status: 404 })
    expect(kindsIn(tale.end())).toEqual(['accepted-lost'])
    Object.assign(denied, { invokedAt: message.post.invokedAt, endedAt: message.post.endedAt })
    expect(kindsIn(tale.end())).toEqual([])
  })
})

describe('accepted-never-answered', () => {
  test('a message that is still accepted at the end was never answered (P1)', () => {
    const { tale } = talk()
    expect(kindsIn(tale.end())).toEqual(['accepted-never-answered', 'still-open-past-deadline'])
  })

  test('the stuck list excuses the silence, not the missing answer (P7)', () => {
    const { tale, ada } = talk()
    tale.store.stuck.push(ada.id)
    expect(kindsIn(tale.end())).toEqual(['accepted-never-answered'])
  })

  test('"answered" without any reply that answers it is no answer', () => {
    const { tale, ada, message } = talk()
    const reply = ada.answer()
    ada.send('And?')
    ada.answer('Yes.')
    reply.in_reply_to = [`${ada.id}-m2`]
    message.status = 'answered'
    expect(kindsIn(tale.end())).toContain('accepted-never-answered')
  })

  test('"handed off" counts while a person has it or is offered it, and not once nobody does', () => {
    const { tale, ada } = talk()
    const { handoff } = ada.handOff()
    expect(kindsIn(tale.end())).toEqual([])
    Object.assign(handoff, { state: 'resolved', ended_at: tale.now() })
    expect(kindsIn(tale.end())).toContain('accepted-never-answered')
  })

  test('"failed" needs the honest note', () => {
    const { tale, ada } = talk()
    const { note } = ada.handOff('deadline', 'failed')
    expect(kindsIn(tale.end())).toEqual([])
    note.in_reply_to = []
    expect(kindsIn(tale.end())).toEqual(['accepted-never-answered'])
  })

  test('a client told "answered" without an answer was told too early', () => {
    const { tale, ada, message } = talk()
    ada.poll(message.id, { status: 'processing', replyId: null, replyText: null })
    ada.answer()
    expect(kindsIn(tale.end())).toEqual([])
    ada.poll(message.id, { status: 'answered', replyId: null, replyText: null })
    expect(kindsIn(tale.end())).toEqual(['accepted-never-answered'])
  })
})

describe('accepted-twice', () => {
  test('a repeat stored under another id is a second message (P2)', () => {
    const { tale, ada, message } = talk()
    ada.send()
    tale.history.operations.pop()
    ada.answer()
    expect(explained(tale.end(), 'accepted-twice')).toEqual([
      `The message ${message.id} was stored a second time, as ${ada.id}-m2.`,
    ])
  })

  test('one start that began two conversations is told', () => {
    const { tale, ada, message } = talk()
    ada.answer()
    const again = tale.conversation('cust_1001')
    const second = again.send()
    again.answer()
    const other = message.post
    Object.assign(second.post, { messageId: 'messageId' in other ? other.messageId : '' })
    for (const row of tale.store.messages) {
      if (row.id === second.id) row.id = message.id
      row.in_reply_to = row.in_reply_to.map((id) => (id === `${again.id}-m1` ? message.id : id))
    }
    for (const event of tale.store.events) if (event.key === `${again.id}-m1`) event.key = message.id
    expect(kindsIn(tale.end())).toEqual(['accepted-twice', 'repeat-answered-otherwise'])
  })
})

describe('answered-twice', () => {
  test('two replies of the AI to one message are one too many, a person may add one', () => {
    const { tale, ada, message } = talk()
    ada.answer()
    ada.send('And?')
    const second = ada.answer('Yes.')
    second.in_reply_to = [message.id, `${ada.id}-m2`]
    expect(kindsIn(tale.end())).toContain('answered-twice')
    second.in_reply_to = [`${ada.id}-m2`]
    const handoff = ada.offer('operator')
    ada.claim(handoff)
    ada.personReply(handoff).in_reply_to = [message.id]
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('the AI may not answer what a person has answered', () => {
    const { tale, ada, message } = talk()
    const { handoff } = ada.handOff()
    ada.claim(handoff)
    ada.personReply(handoff)
    ada.handBack(handoff)
    ada.send('And?')
    const reply = ada.answer()
    expect(kindsIn(tale.end())).toEqual([])
    reply.in_reply_to = [message.id, ...reply.in_reply_to]
    expect(kindsIn(tale.end())).toEqual(['answered-twice'])
  })

  test('two texts of one turn are two answers, also when the second names no message', () => {
    const { tale, ada } = talk()
    ada.answer()
    ada.send('And?')
    const { turn } = ada.beginTurn()
    const reply = ada.say(
      turn,
      tale.store.messages.filter((row) => row.status === 'processing'),
      'Yes.',
    )
    Object.assign(reply, { turn: 1, in_reply_to: [] })
    expect(kindsIn(tale.end())).toContain('answered-twice')
  })

  test('an answer that a client saw may not be taken back, replaced or reworded', () => {
    const { tale, ada, message } = talk()
    const reply = ada.answer()
    ada.look(message.id)
    expect(kindsIn(tale.end())).toEqual([])
    const later = (seen: Parameters<typeof ada.poll>[1]) => {
      const looked = ada.poll(message.id, seen)
      const kinds = kindsIn(tale.end())
      tale.history.operations.splice(tale.history.operations.indexOf(looked), 1)
      return kinds
    }
    expect(later({ status: 'processing', replyId: null, replyText: null })).toEqual(['answered-twice'])
    expect(later({ status: 'answered', replyId: 'other', replyText: 'Other' })).toEqual(['answered-twice'])
    expect(later({ status: 'answered', replyId: reply.id, replyText: 'Other' })).toEqual(['answered-twice'])
  })

  test('looks that overlap have no order: whatever statuses they saw on the way, nothing is concluded', () => {
    const statuses = ['accepted', 'processing', 'answered'] as const
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 8 }), (order) => {
        const { tale, ada, message } = talk()
        const reply = ada.answer()
        const from = tale.tick()
        for (const status of order) {
          const answer =
            status === 'answered' ? { replyId: reply.id, replyText: reply.text } : { replyId: null, replyText: null }
          Object.assign(ada.poll(message.id, { status, ...answer }), { invokedAt: from, endedAt: from + 1000 })
        }
        expect(kindsIn(tale.end())).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('looks one after the other may only go forward to "answered"', () => {
    const statuses = ['accepted', 'processing', 'handed_off', 'answered'] as const
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 8 }), (order) => {
        const { tale, ada, message } = talk()
        const reply = ada.answer()
        for (const status of order) {
          const answer =
            status === 'answered' ? { replyId: reply.id, replyText: reply.text } : { replyId: null, replyText: null }
          ada.poll(message.id, { status, ...answer })
        }
        const first = order.indexOf('answered')
        const back = first >= 0 && order.slice(first).some((status) => status !== 'answered')
        expect(kindsIn(tale.end())).toEqual(back ? ['answered-twice'] : [])
      }),
      { numRuns: 60 },
    )
  })
})

describe('repeat-answered-otherwise', () => {
  const repeated = (rest: object) => {
    const { tale, ada, message } = talk()
    ada.answer()
    ada.send('And?')
    ada.answer('Yes.')
    const { post } = message
    tale.operation({ ...post, id: 99, invokedAt: tale.tick(), endedAt: tale.tick(), ...rest })
    return kindsIn(tale.end())
  }

  test('another status code is another outcome (P2)', () => {
    expect(repeated({ status: 202 })).toEqual(['repeat-answered-otherwise'])
    expect(repeated({ status: 422, outcome: 'fail' })).toEqual(['repeat-answered-otherwise'])
    expect(repeated({ status: 500, outcome: 'fail' })).toEqual(['repeat-answered-otherwise'])
  })

  test('two posts at the same time have one outcome, too', () => {
    const { tale, ada, message } = talk()
    ada.answer()
    tale.operation({ ...message.post, id: 99, status: 500, outcome: 'fail' })
    expect(kindsIn(tale.end())).toEqual(['repeat-answered-otherwise'])
    const { startedAt } = tale.history
    const fault = { kind: 'postgres-crash', target: 'postgres', inFlight: 1, hit: true, recovery: 1 }
    tale.history.faults.push({ ...fault, startedAt, healedAt: tale.now() })
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('a limit, an outage or no answer say nothing of the message', () => {
    expect(repeated({ status: 429, outcome: 'fail' })).toEqual([])
    expect(repeated({ status: 503, outcome: 'fail' })).toEqual([])
    expect(repeated({ status: null, outcome: 'unknown' })).toEqual([])
  })

  test('the same id with another text must be refused, and that is no other outcome', () => {
    expect(
      repeated({ status: 422, outcome: 'fail', text: 'Other', intent: { wants: 'refusal', status: 422 } }),
    ).toEqual([])
  })

  test('a command that was carried out stays so; one refused first may succeed later', () => {
    const { tale, ada } = talk()
    const { handoff } = ada.handOff()
    tale.operation({
      actor: 'agent_1',
      conversation: ada.id,
      kind: 'claim',
      key: `claim-${handoff.id}`,
      status: 409,
      outcome: 'fail',
    })
    ada.claim(handoff)
    expect(kindsIn(tale.end())).toEqual([])
    tale.operation({
      actor: 'agent_1',
      conversation: ada.id,
      kind: 'claim',
      key: `claim-${handoff.id}`,
      status: 409,
      outcome: 'fail',
    })
    expect(kindsIn(tale.end())).toEqual(['repeat-answered-otherwise'])
  })
})
