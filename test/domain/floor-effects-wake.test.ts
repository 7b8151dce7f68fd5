// Rules 5, 6 and 10 as arithmetic, over everything that can be put in.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TurnState } from '../../src/domain/conversation.ts'
import { isEnded, lookUpConcludes, nextSend, retryDelay } from '../../src/domain/effects.ts'
import { mayCommitReply, maySend } from '../../src/domain/floor.ts'
import { nextWake, type Waits } from '../../src/domain/wake.ts'

const state = fc.constantFrom<TurnState>('open', 'done', 'handed_off', 'failed', 'abandoned')
const floor = fc.integer({ min: 1, max: 4 })
const owner = fc.constantFrom('ai' as const, 'human' as const)
const time = fc.integer({ min: 0, max: 2_000_000 })

test('Rule 5: a reply is committed only in an open turn, on its own floor, while the AI has it', () => {
  fc.assert(
    fc.property(state, floor, floor, owner, (state, began, now, controlledBy) => {
      const may = mayCommitReply({ state, floor: began }, { floor: now, controlledBy })
      expect(may).toBe(state === 'open' && began === now && controlledBy === 'ai')
    }),
  )
})

test('Rule 5: a write on the word of a turn needs what a reply needs; approvals and handoffs carry their own', () => {
  fc.assert(
    fc.property(state, floor, floor, owner, (state, began, now, controlledBy) => {
      const turn = { state, floor: began }
      const at = { floor: now, controlledBy }
      expect(maySend('turn', turn, at)).toBe(mayCommitReply(turn, at))
      expect(maySend('approval', turn, at)).toBe(true)
      expect(maySend('handoff', null, at)).toBe(true)
    }),
  )
  expect(maySend('turn', null, { floor: 1, controlledBy: 'ai' })).toBe(false)
})

const sending = fc.record({
  movedByThisAttempt: fc.boolean(),
  allowedAt: time,
  now: time,
  sendLease: fc.integer({ min: 0, max: 60_000 }),
  deduplicates: fc.boolean(),
  floorMoved: fc.boolean(),
})

test('Rule 10: whoever may send may only within the lease, and a back end without our keys hears only the first sender', () => {
  fc.assert(
    fc.property(sending, (of) => {
      const inTime = of.now <= of.allowedAt + of.sendLease
      const may = of.movedByThisAttempt || (of.deduplicates && !of.floorMoved)
      expect(nextSend(of)).toBe(may ? (inTime ? 'send' : 'too_late') : 'look_up')
      // In other words: without our keys only the first sender sends, and only within the lease.
      const sends = !of.deduplicates && nextSend(of) === 'send'
      expect(!sends || (of.movedByThisAttempt && inTime)).toBe(true)
    }),
  )
})

test('Rule 10: after the floor moved nothing is sent again', () => {
  fc.assert(
    fc.property(sending, (of) => {
      expect(nextSend({ ...of, movedByThisAttempt: false, floorMoved: true })).toBe('look_up')
    }),
  )
})

test('Rule 10: a look-up concludes unknown only after the lease, and never says that it did not happen', () => {
  fc.assert(
    fc.property(fc.boolean(), time, time, fc.integer({ min: 0, max: 60_000 }), (found, now, allowedAt, lease) => {
      const concluded = lookUpConcludes(found, now, allowedAt, lease)
      const absent = now > allowedAt + lease ? 'unknown' : 'look_again'
      expect(concluded).toBe(found ? 'settled' : absent)
    }),
  )
})

test('Rule 10: no send and no unknown can be concluded at the same moment by two attempts', () => {
  fc.assert(
    fc.property(time, time, fc.integer({ min: 0, max: 60_000 }), (now, allowedAt, sendLease) => {
      const first = nextSend({
        movedByThisAttempt: true,
        allowedAt,
        now,
        sendLease,
        deduplicates: false,
        floorMoved: false,
      })
      const second = lookUpConcludes(false, now, allowedAt, sendLease)
      expect(first === 'send' && second === 'unknown').toBe(false)
    }),
  )
})

test('Rule 10: settled, refused and unknown are ends; intended and sent are not', () => {
  expect((['intended', 'sent', 'settled', 'refused', 'unknown'] as const).filter(isEnded)).toEqual([
    'settled',
    'refused',
    'unknown',
  ])
})

test('Rule 6: pauses double from the first to the longest and stay there', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((tries) => retryDelay(tries, 2000, 60_000))).toEqual([
    2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ])
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 5000 }), (tries, first) => {
      const delay = retryDelay(tries, first, 300_000)
      expect(delay).toBeGreaterThanOrEqual(Math.min(first, 300_000))
      expect(delay).toBeLessThanOrEqual(300_000)
    }),
  )
})

const maybeTime = fc.option(time, { nil: null })
const waits: fc.Arbitrary<Waits> = fc.record({
  openTurnDeadline: maybeTime,
  acceptedUnderAi: fc.boolean(),
  approvalExpiry: maybeTime,
  effectRetry: maybeTime,
  handoffDeadline: maybeTime,
  quiet: maybeTime,
  closeCanHappen: fc.boolean(),
})

test('Rule 6: wake_at is the minimum of everything waited for, and now when something can be done at once', () => {
  fc.assert(
    fc.property(waits, time, (of, now) => {
      const wake = nextWake(of, now)
      const times = [of.approvalExpiry, of.effectRetry, of.handoffDeadline, of.quiet].filter((at) => at !== null)
      const earliest = times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))
      const atOnce = of.acceptedUnderAi || of.closeCanHappen
      expect(wake).toBe(of.openTurnDeadline ?? (atOnce ? now : earliest))
    }),
  )
})
