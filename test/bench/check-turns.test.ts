import { expect, test } from 'vitest'
import { mustBeTheTurn } from '../../bench/check-turns.ts'

const good = { turns: 10, wrong: 0, modelCalls: 30, reads: 20 }

test('turns of 3 model calls and 2 reads, as many in the ledger, are the turn', () => {
  expect(() => mustBeTheTurn(good, 30)).not.toThrow()
})

test.each([
  ['a turn with other calls', { ...good, wrong: 1 }, 30],
  ['calls that only the ledger has', good, 31],
  ['no turn at all', { turns: 0, wrong: 0, modelCalls: 0, reads: 0 }, 0],
])('%s makes the run invalid', (_, checked, ledgerCalls) => {
  expect(() => mustBeTheTurn(checked, ledgerCalls)).toThrow('The run is invalid')
})
