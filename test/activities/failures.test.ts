import { ApplicationFailure } from '@temporalio/common'
import { expect, test } from 'vitest'
import { classify, recordedFailure } from '../../src/activities/failures.ts'
import { OutsideError } from '../../src/domain/errors.ts'

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code })

test.each([
  coded('ECONNREFUSED'),
  coded('ENOTFOUND'),
  coded('EAI_AGAIN'),
  coded('08006'),
  coded('53300'),
  coded('57P01'),
  coded('57014'),
  coded('40P01'),
  new AggregateError([coded('ECONNREFUSED')]),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new Error('Cannot use a pool after calling end on the pool'),
])('a store that cannot answer now is away, so that the open turn goes on later: %s', (error) => {
  expect(classify(error)).toBe('StoreError.Unavailable')
})

test('what no table knows is our own fault, and a data error of the store too', () => {
  for (const error of [new Error('x'), coded('22P05'), coded('23505'), 'x', null]) {
    expect(classify(error)).toBe('InternalError')
  }
})

test('history gets the code of a failure and nothing else', () => {
  const failure = recordedFailure(
    new OutsideError('ModelError.Refused', 'model/small', 'secret', { retryAfter: 99_000 }),
  )
  expect(failure).toBeInstanceOf(ApplicationFailure)
  expect(failure).toMatchObject({
    type: 'ModelError.Refused',
    message: 'ModelError.Refused',
    nonRetryable: true,
    stack: '',
  })
  expect(failure).toMatchObject({ nextRetryDelay: 10_000 })
})
