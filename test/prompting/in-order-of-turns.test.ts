import { describe, expect, test } from 'vitest'
import type { MessageRole } from '../../src/domain/conversation.ts'
import { inOrderOfTurns } from '../../src/prompting/in-order-of-turns.ts'

const said = (seq: number, role: MessageRole, turn: number | null) => ({ seq, role, turn })
const order = (messages: ReturnType<typeof said>[], openTurn: number) =>
  inOrderOfTurns(messages, openTurn).map(({ seq }) => seq)

describe('the order of a conversation in a prompt', () => {
  test('P3: what arrived while the turn before was running comes after its reply, so that nothing is done again', () => {
    expect(order([said(1, 'customer', 1), said(4, 'customer', 2), said(7, 'ai', 1)], 2)).toEqual([1, 7, 4])
  })

  test('a burst stays together, in the order it was written', () => {
    const messages = [said(1, 'customer', 1), said(2, 'customer', 2), said(3, 'customer', 2), said(5, 'ai', 1)]
    expect(order(messages, 2)).toEqual([1, 5, 2, 3])
  })

  test('turns of the past keep question and answer together', () => {
    const messages = [
      said(1, 'customer', 1),
      said(2, 'customer', 2),
      said(4, 'ai', 1),
      said(5, 'customer', 3),
      said(8, 'ai', 2),
    ]
    expect(order(messages, 3)).toEqual([1, 4, 2, 8, 5])
  })

  test('what a person handed back unanswered comes last, after the words of that person', () => {
    const messages = [said(1, 'customer', 3), said(2, 'system', 1), said(5, 'human', null)]
    expect(order(messages, 3)).toEqual([2, 5, 1])
  })

  test('what a person answered stays where it was written', () => {
    expect(order([said(1, 'customer', null), said(5, 'human', null), said(7, 'customer', 1)], 1)).toEqual([1, 5, 7])
  })
})
