// The transcript that the chat shows, from events and answers in any order and number (P4, P5).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyEvent,
  EMPTY,
  textsMissing,
  type Transcript,
  withCustomer,
  withTexts,
} from '../../../web/chat/conversation/transcript.ts'

type Told = [name: string, data: Record<string, unknown>]
const at = '2026-11-29T14:08:00.000Z'
const accepted = (seq: number, id: string): Told => ['message-accepted', { seq, at, message_id: id }]
const completed = (seq: number, role: string, id: string, text = `text of ${id}`): Told => [
  'message-completed',
  { seq, at, message: { id, seq, role, text, in_reply_to: [], created_at: at } },
]
const status = (seq: number, state: string, floor: string): Told => [
  'status-changed',
  { seq, at, status: state, controlled_by: floor },
]
const delta = (id: string, text: string): Told => ['message-delta', { message_id: id, text }]
const tell = (told: readonly Told[], from: Transcript = EMPTY): Transcript =>
  told.reduce((transcript, [name, data]) => applyEvent(transcript, name, data), from)
const shown = ({ entries }: Transcript) => entries.map(({ kind, id }) => `${kind} ${id}`)

/** A turn with a tool, a handoff, a person, and the way back. */
const STORY: Told[] = [
  accepted(1, 'm1'),
  ['turn-started', { seq: 2, at, turn: 1, message_ids: ['m1'] }],
  ['tool-started', { seq: 3, at, turn: 1, call_id: 'c1', tool: 'get_order_status' }],
  ['tool-finished', { seq: 4, at, turn: 1, call_id: 'c1', tool: 'get_order_status', outcome: 'ok' }],
  completed(5, 'ai', 'r1'),
  status(6, 'pending', 'ai'),
  accepted(7, 'm2'),
  completed(8, 'system', 's1'),
  status(9, 'open', 'human'),
  ['handoff-claimed', { seq: 10, at, handoff_id: 'h', claimed_by: { id: 'agent_mia', name: 'Mia Chen' } }],
  completed(11, 'human', 'p1'),
  status(12, 'open', 'ai'),
  status(13, 'resolved', 'ai'),
  accepted(14, 'm3'),
  status(15, 'open', 'ai'),
  status(16, 'closed', 'ai'),
]
const TOLD = [
  'customer m1',
  'ai r1',
  'customer m2',
  'system s1',
  'floor event-10',
  'person p1',
  'floor event-12',
  'state event-13',
  'customer m3',
  'state event-15',
  'state event-16',
]

describe('the transcript', () => {
  test('tells who said what, when the floor passed, and what became of it', () => {
    const transcript = tell(STORY)
    expect(shown(transcript)).toEqual(TOLD)
    expect(transcript).toMatchObject({ status: 'closed', floor: 'ai', person: undefined, turn: undefined, seq: 16 })
    const reply = transcript.entries.find(({ kind }) => kind === 'ai')
    expect(reply).toMatchObject({ tools: [{ tool: 'get_order_status', outcome: 'ok' }] })
  })

  test('P4: events that come again, and confirmations before or after them, double and lose nothing', () => {
    const confirmations = ['m1', 'm2', 'm3'].map((id) => ({
      id,
      seq: STORY.findIndex(([, data]) => data['message_id'] === id) + 1,
      at,
      text: id,
    }))
    fc.assert(
      fc.property(
        fc.array(fc.record({ from: fc.nat(15), to: fc.nat(16) }), { maxLength: 8 }),
        fc.array(fc.record({ which: fc.nat(2), after: fc.nat(40) }), { maxLength: 8 }),
        (replays, confirms) => {
          // A stream that breaks begins again somewhere it has been; the answers to sending come whenever they come.
          const order = [
            ...STORY.slice(0, 5),
            ...replays.flatMap(({ from, to }) => STORY.slice(Math.min(from, 5), Math.min(to, 5))),
            ...STORY,
          ]
          let transcript = EMPTY
          for (const [index, told] of order.entries()) {
            transcript = tell([told], transcript)
            for (const { which, after } of confirms) {
              const confirmation = confirmations[which]
              if (after === index && confirmation) transcript = withCustomer(transcript, confirmation)
            }
          }
          expect(shown(transcript)).toEqual(TOLD)
        },
      ),
    )
  })

  test('a message confirmed before older events came stands behind them', () => {
    const early = withCustomer(tell([accepted(1, 'm1')]), { id: 'm2', seq: 7, at, text: 'second' })
    expect(shown(tell(STORY.slice(1, 7), early))).toEqual(['customer m1', 'ai r1', 'customer m2'])
  })

  test('pieces are shown until the text itself comes, are void after a restart, and never show twice', () => {
    const writing = tell([...STORY.slice(0, 2), delta('r1', 'It '), delta('r1', 'arrives')])
    expect(writing.turn?.draft).toEqual({ id: 'r1', text: 'It arrives' })
    const again = tell([['message-restarted', { message_id: 'r1' }], delta('r1', 'Now')], writing)
    expect(again.turn?.draft).toEqual({ id: 'r1', text: 'Now' })
    const done = tell([completed(3, 'ai', 'r1'), delta('r1', ' late')], again)
    expect(done.turn).toBeUndefined()
    expect(shown(done)).toEqual(['customer m1', 'ai r1'])
  })

  test('P5: what the AI was writing is gone when a person takes over', () => {
    const writing = tell([...STORY.slice(0, 2), delta('r1', 'Half a sent')])
    expect(tell([status(3, 'open', 'human')], writing).turn).toBeUndefined()
  })

  test('a notice about a masked card number ends no turn', () => {
    const told = tell([...STORY.slice(0, 2), completed(3, 'system', 'masked')])
    expect(told.turn).toBeDefined()
  })

  test('texts of the customer are filled in as they were stored', () => {
    const told = tell(STORY.slice(0, 7))
    expect(textsMissing(told)).toEqual(['m1', 'm2'])
    const filled = withTexts(told, [['m1', 'My card is ****']])
    expect(textsMissing(filled)).toEqual(['m2'])
    expect(withCustomer(filled, { id: 'm1', seq: 1, at, text: undefined })).toBe(filled)
  })
})
