// The reads of a rule, made before the first model call of its turn.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityDeps } from '../../src/activities/deps.ts'
import { readAhead } from '../../src/activities/read-ahead.ts'
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

const wanted = (...tools: string[]) => ({
  conversationId: 'conv_1',
  desk: 'test',
  customerId: 'cust_1',
  guest: false,
  reads: tools.map((tool) => ({ tool, input: {} })),
})

test('A1: what was read stands with the read that the rule named', async () => {
  const [read] = await readAhead(deps, wanted('quick'))
  expect(read).toMatchObject({ read: { tool: 'quick' }, result: { outcome: 'ok', data: 'here' } })
})

test('A1: a system that fails or hangs fails open, and the others count', async () => {
  const reads = await readAhead(deps, wanted('broken', 'hanging', 'quick'))
  expect(reads.map(({ result }) => result.outcome)).toEqual(['failed', 'failed', 'ok'])
})

test('L1: a guest gets public reads only', async () => {
  const reads = await readAhead(deps, { ...wanted('quick'), guest: true })
  expect(reads.map(({ result }) => result.outcome)).toEqual(['refused'])
})
