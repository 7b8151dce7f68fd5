import { describe, expect, test } from 'vitest'
import { createDrafts } from '../../src/api/stream/drafts.ts'

const delta = (turn: number, attempt: number, floor: number) =>
  ({ kind: 'delta', turn, attempt, floor, message_id: `reply-${turn}`, text: 'x' }) as const
const restarted = (turn: number, attempt: number, floor: number) =>
  ({ kind: 'restarted', turn, attempt, floor, message_id: `reply-${turn}` }) as const

describe('drafts (rule 14)', () => {
  test('pieces of an older attempt, turn or floor are never shown', () => {
    const drafts = createDrafts(3)
    expect(drafts.delta(delta(2, 2, 3))).toEqual({ restarted: null, show: true })
    for (const late of [delta(2, 1, 3), delta(1, 9, 3), delta(2, 2, 2)]) expect(drafts.delta(late).show).toBe(false)
  })

  test('a piece of a newer attempt makes what was shown void, also when the restart itself was lost', () => {
    const drafts = createDrafts(1)
    drafts.delta(delta(1, 1, 1))
    expect(drafts.delta(delta(1, 2, 1))).toEqual({ restarted: 'reply-1', show: true })
    expect(drafts.delta(delta(1, 2, 1))).toEqual({ restarted: null, show: true })
  })

  test('a restart says once which message is void, and an old one says nothing', () => {
    const drafts = createDrafts(1)
    drafts.delta(delta(1, 1, 1))
    expect(drafts.restarted(restarted(1, 2, 1))).toBe('reply-1')
    expect(drafts.restarted(restarted(1, 2, 1))).toBeNull()
    expect(drafts.restarted(restarted(1, 1, 1))).toBeNull()
    expect(drafts.delta(delta(1, 1, 1)).show).toBe(false)
  })

  test('a risen floor makes what was shown void, once', () => {
    const drafts = createDrafts(1)
    drafts.delta(delta(1, 1, 1))
    expect(drafts.floorIs(1)).toBeNull()
    expect(drafts.floorIs(2)).toBe('reply-1')
    expect(drafts.floorIs(2)).toBeNull()
    expect(drafts.delta(delta(1, 1, 1)).show).toBe(false)
  })

  test('a committed message is not void when the floor rises, and its late pieces are not shown', () => {
    const drafts = createDrafts(1)
    drafts.delta(delta(1, 1, 1))
    drafts.completed('reply-1')
    expect(drafts.delta(delta(1, 1, 1)).show).toBe(false)
    expect(drafts.floorIs(2)).toBeNull()
  })
})
