import { describe, expect, test } from 'vitest'
import { clean } from '../../scripts/chat/clean.ts'
import { createPlainScreen } from '../../scripts/chat/plain-screen.ts'
import { createView } from '../../scripts/chat/view.ts'
import type { StreamEvent } from '../../scripts/client/follow.ts'

const message = (id: string, text: string, more: object = {}) => ({
  type: 'message-completed',
  message: { id, seq: 9, role: 'ai', text, in_reply_to: ['q'], created_at: '2026-11-21T00:00:00Z', ...more },
})
const delta = (message_id: string, text: string) => ({ type: 'message-delta', message_id, text })

/** What the view shows of events, the pieces of a text as one string and everything else by name. */
function shown(events: (StreamEvent | 'break' | 'long break')[], start?: Parameters<typeof createView>[0]): string[] {
  const view = createView(start)
  const things = events.flatMap((event) => {
    if (typeof event !== 'string') return view.on(event)
    if (event === 'long break') return view.lost()
    view.broken()
    return []
  })
  return things.map((thing) => {
    if (thing.show === 'line') return `(${thing.text})`
    if (thing.show === 'piece') return `+${thing.text}`
    return thing.show === 'begin' ? `<${thing.speaker.name || thing.speaker.role}>` : thing.show
  })
}

describe('a reply', () => {
  test('streams in, and is not shown again when it is complete', () => {
    expect(shown([delta('r', 'Hello '), delta('r', 'Ada.'), message('r', 'Hello Ada.')])).toEqual([
      '<AI>',
      '+Hello ',
      '+Ada.',
      'end',
    ])
  })
  test('that never streamed is shown whole', () => {
    expect(shown([message('r', 'Hello.')])).toEqual(['<AI>', '+Hello.', 'end'])
  })
  test('that was begun anew is taken back, once', () => {
    const restarted = { type: 'message-restarted', message_id: 'r' }
    expect(shown([delta('r', 'Wro'), restarted, restarted, delta('r', 'Right.'), message('r', 'Right.')])).toEqual([
      '<AI>',
      '+Wro',
      'erase',
      '<AI>',
      '+Right.',
      'end',
    ])
  })
  test('whose pieces were lost in a break stands still and is replaced by the whole', () => {
    expect(shown([delta('r', 'One '), 'break', delta('r', 'three.'), message('r', 'One two three.')])).toEqual([
      '<AI>',
      '+One ',
      'erase',
      '<AI>',
      '+One two three.',
      'end',
    ])
  })
  test('is taken back when a break lasts, and comes once, whole', () => {
    const events = [delta('r', 'One '), 'break', 'long break', 'long break', delta('r', 'three.')] as const
    expect(shown([...events, message('r', 'One two three.')])).toEqual([
      '<AI>',
      '+One ',
      'erase',
      '<AI>',
      '+One two three.',
      'end',
    ])
  })
  test('that a handoff makes void is taken back', () => {
    const offered = { type: 'handoff-offered', handoff_id: 'h', reason: 'anger' }
    expect(shown([delta('r', 'I ca'), offered])).toEqual(['<AI>', '+I ca', 'erase', '(handed to a person)'])
  })
})

test('tools, routes, people and states are quiet lines', () => {
  const route = (specialist: string | null) => ({ type: 'route-decided', intent: 'x', specialist })
  const tool = (tool: string, outcome: string) => ({ type: 'tool-finished', tool, outcome })
  expect(
    shown([
      { type: 'message-accepted', message_id: 'q' },
      route('order'),
      { type: 'tool-started', tool: 'get_order_status' },
      tool('get_order_status', 'ok'),
      tool('cancel_order', 'ok'),
      tool('cancel_order', 'needs_approval'),
      tool('toString', 'constructor'),
      route(null),
      route('tech_support'),
      { type: 'handoff-claimed', claimed_by: { id: 'agent_1', name: 'Mia Chen' } },
      { type: 'status-changed', status: 'open', controlled_by: 'human' },
      { type: 'message-accepted', message_id: 'q2' },
      message('p', 'Hi.', { role: 'human', author: { id: 'agent_1', name: 'Mia Chen' } }),
      { type: 'handed-back', handoff_id: 'h' },
      { type: 'status-changed', status: 'resolved', controlled_by: 'ai' },
      { type: 'conversation-closed' },
      { type: 'an-event-of-tomorrow' },
    ]),
  ).toEqual([
    '(looked up get_order_status)',
    '(done: cancel_order)',
    "(cancel_order waits for a person's decision)",
    '(toString: constructor)',
    '(now with the specialist for tech support)',
    '(Mia Chen answers here now)',
    '(delivered; a person answers here)',
    '<Mia Chen, person>',
    '+Hi.',
    'end',
    '(the AI answers here again)',
    '(resolved; write again whenever you need something)',
    '(closed; a new message opens it again)',
  ])
})

test('text of others cannot move the cursor, ring the bell or turn the line around', () => {
  expect(clean('a\u001b[2Jb\u0007c\u009bd\r\ne\tf\u202eg')).toBe('a[2Jbcd\ne  fg')
})

test('through a pipe every message is one plain block, and what was taken back is never seen', () => {
  const view = createView({ specialist: 'order', controlledBy: 'ai' })
  let out = ''
  const screen = createPlainScreen((text) => (out += text))
  const citations = [1, 2].map((passage) => ({ document: 'warranty', title: 'Warranty', passage: `p${passage}` }))
  const events = [
    delta('r', 'Wrong'),
    { type: 'message-restarted', message_id: 'r' },
    delta('r', 'Two years.'),
    { type: 'tool-finished', tool: 'list_orders', outcome: 'ok' },
    message('r', 'Two years.', { citations }),
    message('n', 'A person answers.', { role: 'system' }),
  ]
  screen.echo('How long?')
  for (const event of events) screen.show(view.on(event))
  expect(out.split('\n')).toEqual([
    'you: How long?',
    '(looked up list_orders)',
    'AI, order: Two years.',
    '  [warranty] Warranty',
    'notice: A person answers.',
    '',
  ])
})
