// Names and arguments of a model are untrusted.
import { expect, test } from 'vitest'
import { escalationIn } from '../../src/activities/check-calls.ts'

const escalate = (reason: string) => [{ id: '1', tool: 'escalate', input: { reason } }]

test('H1: a model may give its own reasons for a handoff; those that code finds are not its to give', () => {
  expect(escalationIn(escalate('safety'))).toBe('safety')
  for (const reason of ['operator', 'taken_over', 'deadline', 'unknown_outcome', 'constructor', '']) {
    expect(escalationIn(escalate(reason))).toBe('person_requested')
  }
  expect(escalationIn([])).toBeNull()
})
