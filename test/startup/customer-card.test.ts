import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { WorkingDesk } from '../../src/activities/deps.ts'
import { desk as shop } from '../../src/desks/electronics-store/desk.ts'
import type { AnyTool, CardRead, Desk } from '../../src/desks/types.ts'
import { deskProblems } from '../../src/desks/validate-desk.ts'
import { OutsideError } from '../../src/domain/errors.ts'
import type { Json } from '../../src/domain/json.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { createCustomerCard } from '../../src/startup/customer-card.ts'

const rows = (data: Json) =>
  z
    .array(z.string())
    .parse(data)
    .map((label) => ({ label, text: 'here' }))
const read = (tool: string, title = tool): CardRead => ({ title, tool, input: { limit: 2 }, rows })

function tool(name: string, execute: AnyTool['execute'], timeout = 1000): AnyTool {
  return { name, description: name, input: z.strictObject({ limit: z.int() }), effect: 'read', timeout, execute }
}

const tools = [
  tool('answers', async ({ limit }, { customerId }) => ({ outcome: 'ok', data: [`${customerId} ${limit}`] })),
  tool('declines', async () => ({ outcome: 'refused', data: { code: 'not_here' } })),
  tool('fails', async () => {
    throw new OutsideError('BackendError.Unavailable', 'orders', 'Ada Park lives here')
  }),
  tool('hangs', () => new Promise(() => undefined), 20),
  tool('answers_nonsense', async () => ({ outcome: 'ok', data: { not: 'a list' } })),
]

function cardOf(customerCard: readonly CardRead[] | undefined, guest = false) {
  const logged: string[] = []
  const { customerCard: _theirs, ...bare } = shop
  const desk: Desk = { ...bare, name: 'store', tools, ...(customerCard ? { customerCard } : {}) }
  const working: WorkingDesk = {
    desk,
    tools: new Map(tools.map((each) => [each.name, each])),
    specialists: new Map(),
    systems: {},
  }
  const ask = createCustomerCard({
    kernel: { tenant: 'default' } as Kernel,
    desks: new Map([['store', working]]),
    logger: pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) }),
  })
  const request = { desk: 'store', conversationId: 'conv_1', customerId: 'cust_1', guest }
  return { card: ask(request), logged }
}

test('each read of the card is a section; one that fails, hangs, declines or makes no sense is unavailable, and the rest stays', async () => {
  const { card, logged } = cardOf(tools.map(({ name }) => read(name)))
  const unavailable = (title: string) => ({ title, state: 'unavailable', rows: [] })
  expect(await card).toEqual([
    { title: 'answers', state: 'read', rows: [{ label: 'cust_1 2', text: 'here' }] },
    unavailable('declines'),
    unavailable('fails'),
    unavailable('hangs'),
    unavailable('answers_nonsense'),
  ])
  // The log names the tool and the kind of failure, and nobody.
  expect(
    logged.map((line) => JSON.parse(line) as { tool: string; code: string }).map(({ tool, code }) => [tool, code]),
  ).toEqual(
    expect.arrayContaining([
      ['fails', 'BackendError.Unavailable'],
      ['hangs', 'TimeoutError'],
      ['answers_nonsense', 'ZodError'],
    ]),
  )
  expect(logged.join()).not.toContain('Ada')
})

test('a guest, and a desk without a card, have no sections', async () => {
  expect(await cardOf([read('answers')], true).card).toEqual([])
  expect(await cardOf(undefined).card).toEqual([])
})

test('a card of tools that are no reads of the desk, or take other input, is a problem of the desk', () => {
  const card = [read('list_orders', ''), read('cancel_order'), read('nothing'), read('look_up_customer')]
  const fault = (text: string) => `its customer card ${text}`
  expect(deskProblems({ ...shop, customerCard: card })).toEqual([
    fault('has a section without a title'),
    fault('uses cancel_order, which is not a read of its list of tools'),
    fault('uses nothing, which is not a read of its list of tools'),
    fault('asks look_up_customer for what its input does not take'),
  ])
})
