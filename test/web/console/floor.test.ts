// Who had the floor, as rail and track draw it: it changes at exact events [H2, P5].
import { expect, test } from 'vitest'
import { entriesOf } from '../../../web/console/conversation/entries.ts'
import { floorSpans } from '../../../web/console/conversation/floor.ts'
import { TRACK, trackLines } from '../../../web/console/conversation/track-lines.ts'
import type { Message, TimelineStep, Workspace } from '../../../web/shared/desk-types.ts'

const at = (minute: number) => `2026-11-21T13:${`${minute}`.padStart(2, '0')}:00.000Z`
const step = (seq: number, type: string, minute: number): TimelineStep => ({ seq, type, at: at(minute), text: type })
const said = (seq: number, role: Message['role'], minute: number) =>
  ({ id: `m${seq}`, seq, role, text: '', in_reply_to: [], created_at: at(minute) }) satisfies Message

const TIMELINE = [
  step(2, 'route-decided', 52),
  step(4, 'handoff-offered', 53),
  step(5, 'handoff-claimed', 56),
  step(8, 'handed-back', 59),
]
const workspace = (more: Partial<Workspace> = {}) =>
  ({ timeline: TIMELINE, approvals: [], effects: [], ...more }) as unknown as Workspace

test('the AI has it until it is offered, nobody until it is claimed, a person until it is handed back', () => {
  expect(floorSpans(TIMELINE, at(50))).toEqual([
    { floor: 'ai', from: at(50), until: at(53) },
    { floor: 'waiting', from: at(53), until: at(56) },
    { floor: 'person', from: at(56), until: at(59) },
    { floor: 'ai', from: at(59), until: null },
  ])
})

test('each entry of the transcript knows who had the floor before and after it', () => {
  const entries = entriesOf([said(1, 'customer', 50), said(6, 'human', 57), said(9, 'ai', 59)], workspace())
  expect(entries.map(({ key, from, to }) => [key, from, to])).toEqual([
    ['m1', 'ai', 'ai'],
    ['event 4', 'ai', 'waiting'],
    ['event 5', 'waiting', 'person'],
    ['m6', 'person', 'person'],
    ['event 8', 'person', 'ai'],
    ['m9', 'ai', 'ai'],
  ])
})

test('an approval that was edited gives its place to the one made from it, which knows the one before', () => {
  const asked = { id: 'a1', tool: 'refund', state: 'superseded', requested_at: at(54), expires_at: at(59) }
  const edited = { id: 'a2', tool: 'refund', state: 'pending', requested_at: at(57), expires_at: at(59) }
  const entries = entriesOf([], workspace({ timeline: [], approvals: [asked, edited] as Workspace['approvals'] }))
  expect(entries).toMatchObject([{ kind: 'approval', key: 'a1', approval: { id: 'a2' }, before: { id: 'a1' } }])
})

test('a write whose outcome is unknown asks for a ruling, a settled one does not', () => {
  const effects = [
    { id: 'e1', state: 'unknown', created_at: at(54), ended_at: null },
    { id: 'e2', state: 'settled', created_at: at(54), ended_at: at(55) },
  ]
  const entries = entriesOf([], workspace({ timeline: [], effects: effects as Workspace['effects'] }))
  expect(entries).toMatchObject([{ kind: 'ruling', key: 'e1' }])
})

test('the track shows every span, also one of seconds between hours, and ends now', () => {
  const lines = trackLines(floorSpans([step(1, 'handoff-offered', 0), step(2, 'handoff-claimed', 59)], at(0)))
  expect(lines.map(({ floor }) => floor)).toEqual(['ai', 'waiting', 'person'])
  expect(lines.at(-1)?.x2).toBe(TRACK)
  const short = trackLines([
    { floor: 'ai', from: at(0), until: at(50) },
    { floor: 'person', from: at(50), until: '2026-11-21T13:50:02.000Z' },
    { floor: 'ai', from: '2026-11-21T13:50:02.000Z', until: null },
  ])
  expect((short[1]?.x2 ?? 0) - (short[1]?.x1 ?? 0)).toBeGreaterThan(20)
})
