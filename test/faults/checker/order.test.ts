// P4: order, streams and transcripts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginTale } from './story.ts'
import { kindsIn } from './kinds-in.ts'

function talk() {
  const tale = beginTale()
  const ada = tale.conversation('cust_1001')
  ada.send()
  const first = ada.answer()
  ada.send('And?')
  const second = ada.answer('Yes.')
  return { tale, ada, first, second }
}

describe('out-of-order', () => {
  test('time that runs against seq is told (P4)', () => {
    const { tale, first } = talk()
    const event = tale.store.events.find((each) => each.key === first.id)
    first.created_at -= 1000
    Object.assign(event ?? {}, { at: first.created_at })
    expect(kindsIn(tale.end())).toEqual(['out-of-order'])
  })

  test('a later message answered before an earlier one is told', () => {
    const { tale, first, second } = talk()
    const answers = [first.in_reply_to, second.in_reply_to]
    ;[second.in_reply_to, first.in_reply_to] = answers as [string[], string[]]
    expect(kindsIn(tale.end())).toContain('out-of-order')
  })

  test('what a person handed back may be answered after later messages', () => {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send('I want a person', { wants: 'person' })
    ada.handOff()
    ada.close()
    ada.send('Good morning again')
    ada.answer()
    const handoff = ada.offer('operator')
    ada.claim(handoff)
    ada.handBack(handoff)
    ada.answer('Now to your first message.')
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('a transcript is a beginning of the final one, in its order', () => {
    const shown = (change: (messages: { id: string; seq: number; text: string }[]) => void) => {
      const { tale, ada } = talk()
      const { kind, ...transcript } = ada.transcript()
      const messages = 'messages' in transcript ? (transcript.messages ?? []) : []
      ada.send('More?')
      ada.answer('No.')
      change(messages)
      expect(kind).toBe('transcript')
      return kindsIn(tale.end())
    }
    expect(shown(() => undefined)).toEqual([])
    expect(shown((messages) => messages.reverse())).toEqual(['out-of-order'])
    expect(shown((messages) => messages.splice(1, 1))).toEqual(['out-of-order'])
    expect(shown((messages) => Object.assign(messages[1] ?? {}, { text: 'Other' }))).toEqual(['out-of-order'])
    expect(shown((messages) => Object.assign(messages[1] ?? {}, { id: 'other' }))).toEqual(['out-of-order'])
    expect(shown((messages) => messages.splice(2))).toEqual(['out-of-order'])
  })

  test('a transcript that was asked for before a message was accepted need not show it', () => {
    const { tale, ada } = talk()
    const transcript = ada.transcript()
    const late = ada.send('More?')
    ada.answer('No.')
    transcript.endedAt = late.post.endedAt + 5
    expect(kindsIn(tale.end())).toEqual([])
  })
})

describe('streams', () => {
  test('any stretch of a stream is clean while nothing is left out or repeated', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 6 }), (after, length) => {
        const { tale, ada } = talk()
        const stream = ada.follow('cust_1001', after)
        stream.stayedFor = null
        stream.events = stream.events.slice(0, length)
        expect(kindsIn(tale.end())).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('whatever one event of a complete stream is left out, it is missed', () => {
    for (let left = 0; left < 6; left += 1) {
      const { tale, ada } = talk()
      ada.follow().events.splice(left, 1)
      expect(kindsIn(tale.end())).toEqual(['event-missed'])
    }
  })

  test('a gap in a stream that broke off is missed, its end is not', () => {
    const { tale, ada } = talk()
    const stream = ada.follow()
    stream.stayedFor = null
    stream.events.pop()
    expect(kindsIn(tale.end())).toEqual([])
    stream.events.splice(1, 1)
    expect(kindsIn(tale.end())).toEqual(['event-missed'])
  })

  test('what came after the event a reader stayed for, such as a follow-up while the run was ending, is not missed', () => {
    const { tale, ada } = talk()
    const stream = ada.follow()
    stream.stayedFor = stream.events.at(-2)?.seq ?? null
    stream.events.pop()
    expect(kindsIn(tale.end())).toEqual([])
  })

  test('an event that came again, or from before the asked place, is seen twice', () => {
    const again = talk()
    const events = again.ada.follow().events
    events.push({ ...(events[2] ?? { seq: 0, type: '', key: '', at: 0 }) })
    expect(kindsIn(again.tale.end())).toEqual(['event-twice'])
    const early = talk()
    early.ada.follow().after = 1
    expect(kindsIn(early.tale.end())).toEqual(['event-twice'])
  })

  test('events that changed places came out of order', () => {
    const { tale, ada } = talk()
    const { events } = ada.follow()
    events.splice(1, 2, ...events.slice(1, 3).reverse())
    expect(kindsIn(tale.end())).toEqual(['out-of-order'])
  })

  test('an event of another type than the store’s, and one the store does not have, are told', () => {
    const other = talk()
    Object.assign(other.ada.follow().events[1] ?? {}, { type: 'message-completed' })
    expect(kindsIn(other.tale.end())).toEqual(['events-with-holes'])
    const unknown = talk()
    unknown.ada.follow().events.push({ seq: 99, type: 'turn-started', key: '9', at: 0 })
    expect(kindsIn(unknown.tale.end())).toEqual(['events-with-holes'])
  })
})

describe('events-with-holes', () => {
  test('a missing number, and a row that counts more than there are, are told (P4)', () => {
    const hole = talk()
    hole.tale.store.events.splice(1, 1)
    expect(kindsIn(hole.tale.end())).toContain('events-with-holes')
    const short = talk()
    short.ada.row.last_seq += 1
    expect(kindsIn(short.tale.end())).toEqual(['events-with-holes'])
  })
})
