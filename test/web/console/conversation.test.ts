// What the page keeps of a conversation, and what the person at it may do.
import { describe, expect, test, vi } from 'vitest'
import { createConversation, merged } from '../../../web/console/conversation/conversation-store.ts'
import { createLiveTexts } from '../../../web/console/conversation/live-texts.ts'
import { myPart } from '../../../web/console/conversation/my-part.ts'
import type { ApiClient } from '../../../web/shared/api-client.ts'
import type { Message, Workspace } from '../../../web/shared/desk-types.ts'

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  role: 'customer',
  text: 'hello',
  in_reply_to: [],
  created_at: '2026-11-21T13:00:00.000Z',
  ...more,
})

describe('messages', () => {
  test('each stands once, in order, however often and late it comes', () => {
    const known = merged([], [message(4), message(2)])
    expect(merged(known, [message(3), message(4)]).map(({ seq }) => seq)).toEqual([2, 3, 4])
  })

  test('one that is the same stays the same object, so that it does not render again', () => {
    const known = merged([], [message(1)])
    expect(merged(known, [message(1)])).toBe(known)
    expect(merged(known, [message(1, { status: 'answered' })])[0]?.status).toBe('answered')
  })
})

test('a text that is being written grows, begins anew, and is gone when it is complete', () => {
  const live = createLiveTexts()
  live.append('m1', 'Within 30 ')
  live.append('m1', 'days [returns].')
  expect([live.ids.get(), live.textOf('m1')]).toEqual([['m1'], 'Within 30 days.'])
  live.drop('m1')
  live.append('m1', 'Anew')
  expect(live.textOf('m1')).toBe('Anew')
  live.drop('m1')
  expect(live.ids.get()).toEqual([])
})

describe('my part', () => {
  const handoff = (state: string, claimed_by?: { id: string; name: string }) => ({ id: 'h1', state, claimed_by })
  const mia = { id: 'agent_mia', name: 'Mia' }
  test.each([
    ['ai', 'open', 'ai', []],
    ['waiting', 'open', 'human', [handoff('offered')]],
    ['mine', 'open', 'human', [handoff('claimed', mia)]],
    ['other', 'open', 'human', [handoff('answered', { id: 'agent_noah', name: 'Noah' })]],
    ['ai', 'pending', 'ai', [handoff('handed_back', mia)]],
    ['closed', 'closed', 'ai', [handoff('resolved', mia)]],
  ] as const)('%s: a conversation that is %s, with %s', (floor, status, controlled_by, handoffs) => {
    const workspace = { conversation: { status, controlled_by }, handoffs } as unknown as Workspace
    expect(myPart(workspace, 'agent_mia').floor).toBe(floor)
  })
})

test('H5: a read that comes back after a later one changes nothing: the floor that was handed back stays so', async () => {
  const waiting: ((controlledBy: string) => void)[] = []
  const api = {
    get: (path: string) =>
      path.endsWith('/workspace')
        ? new Promise((resolve) => {
            waiting.push((controlledBy) => resolve({ conversation: { controlled_by: controlledBy } }))
          })
        : Promise.resolve({ data: [], next_cursor: null }),
    stream: () => new Promise(() => undefined),
  } as unknown as ApiClient
  const store = createConversation(api, 'conv_1')
  const shown = () => store.state.get().workspace?.conversation.controlled_by
  const answer = async (read: number, controlledBy: string) => {
    waiting[read]?.(controlledBy)
    await vi.waitFor(() => expect(store.state.get().phase).toBe('ready'))
    await new Promise((resolve) => setTimeout(resolve))
  }
  const close = store.open()
  await answer(0, 'human')
  store.refresh() // after an event
  store.refresh() // after the command
  await answer(2, 'ai')
  await answer(1, 'human')
  expect([waiting.length, shown()]).toEqual([3, 'ai'])
  close()
})
