// The reads of a rule, made ahead of the model call in the worker that took the turn.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityDeps } from '../../src/activities/deps.ts'
import { createReadAhead } from '../../src/activities/read-ahead.ts'
import { toolFor } from '../../src/desks/types.ts'

const read = (name: string, execute: () => Promise<{ outcome: 'ok'; data: string }>) =>
  toolFor<unknown>()({ name, description: name, input: z.strictObject({}), effect: 'read', timeout: 5000, execute })
const TOOLS = [
  read('quick', async () => ({ outcome: 'ok', data: 'here' })),
  read('broken', async () => {
    throw new Error('broken')
  }),
  read('hanging', () => new Promise(() => {})),
]
const working = { desk: { name: 'test' }, tools: new Map(TOOLS.map((tool) => [tool.name, tool])) }
const deps = {
  kernel: { tenant: 'default' },
  desks: new Map([['test', working]]),
  logger: { info: () => undefined },
} as unknown as ActivityDeps

const customer = { desk: 'test', customerId: 'cust_1', guest: false }
const ref = { conversationId: 'conv_1', turn: 1 }
const wanted = (...tools: string[]) => ({ turn: 1, customer, reads: tools.map((tool) => ({ tool, input: {} })) })

test('A1: every attempt of the call finds the same results, and each read was made once', async () => {
  const ahead = createReadAhead(deps)
  ahead.begin(ref, wanted('quick'))
  const [first] = await ahead.results(ref)
  expect(first).toMatchObject({ read: { tool: 'quick' }, result: { outcome: 'ok', data: 'here' } })
  expect((await ahead.results(ref))[0]).toBe(first)
})

test('A1: a turn that this worker did not take has none', async () => {
  const ahead = createReadAhead(deps)
  ahead.begin(ref, wanted('quick'))
  expect(await ahead.results({ ...ref, turn: 2 })).toEqual([])
})

test('A1: a system that fails or hangs fails open, and the others count', async () => {
  const ahead = createReadAhead(deps)
  ahead.begin(ref, wanted('broken', 'hanging', 'quick'))
  expect((await ahead.results(ref)).map(({ result }) => result.outcome)).toEqual(['failed', 'failed', 'ok'])
})

test('L1: a guest gets public reads only', async () => {
  const ahead = createReadAhead(deps)
  ahead.begin(ref, { ...wanted('quick'), customer: { ...customer, guest: true } })
  expect((await ahead.results(ref)).map(({ result }) => result.outcome)).toEqual(['refused'])
})
