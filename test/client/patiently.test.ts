import { expect, test } from 'vitest'
import { patiently } from '../../scripts/client/patiently.ts'
import { Refused, Unreachable } from '../../scripts/client/problem.ts'

const refused = (status: number, retryAfter?: number) =>
  new Refused({ status, code: 'a_code', detail: 'No.', retryAfter })

/** Throws the errors one after the other, then returns `done`. */
function script(errors: Error[]) {
  const left = [...errors]
  return async () => {
    const error = left.shift()
    if (error !== undefined) throw error
    return 'done'
  }
}

test('a limit and a lost connection are waited out, and Retry-After is honoured', async () => {
  const pauses: number[] = []
  const attempt = script([refused(429, 0.01), new Unreachable('gone'), refused(503, 0)])
  const outcome = await patiently(attempt, { within: 5_000, onPause: (_, seconds) => pauses.push(seconds) })
  expect({ outcome, pauses }).toEqual({ outcome: 'done', pauses: [0.01, 0.5, 0] })
})

test('a refusal for good is not tried again', async () => {
  await expect(patiently(script([refused(422)]), { within: 5_000 })).rejects.toThrow('No.')
})

test('a Retry-After beyond the patience ends it at once', async () => {
  await expect(patiently(script([refused(429, 60)]), { within: 1_000 })).rejects.toThrow('No.')
})
