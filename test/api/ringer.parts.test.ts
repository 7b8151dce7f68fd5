// Whom the ringer tells of a message besides Temporal, and when not.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRinger, type Ringer } from '../../src/api/ringer.ts'
import { ACCEPTED } from '../../src/kernel/accepted-hint.ts'
import type { BusMessage } from '../../src/ports/bus.ts'
import { createLogger } from '../../src/telemetry/logger.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { createTestKernel, type TestKernel } from '../support/kernel.ts'

const CONVERSATION = {
  id: 'conv_1',
  channel: 'web',
  desk: 'test-desk',
  customer_id: 'cust_1',
  policy_version: 'test-1',
}

let made: TestKernel
beforeAll(async () => {
  made = await createTestKernel('pglite')
})
afterAll(() => made.close())

/** A ringer whose bells Temporal hears while `temporal.up`, and the conversations that the bus was told of. */
async function ringing(maxTurnsInFlight = 10) {
  const { kernel } = made
  const temporal = { up: true }
  const told: string[] = []
  const leave = await kernel.bus.subscribe(ACCEPTED, (hint: BusMessage) => {
    if (hint.kind === 'accepted') told.push(hint.conversation_id)
  })
  const ringer = createRinger({
    kernel,
    bells: {
      ring: async () => {
        if (!temporal.up) throw new Error('Temporal is away')
      },
    },
    limits: { maxTurnsInFlight, backlogLimit: 100, rateLimitScale: 1 },
    logger: createLogger({ level: 'silent', name: 'test' }),
    metrics: createMetrics(),
  })
  return { ringer, temporal, told, leave }
}

async function ring(ringer: Ringer, early: boolean): Promise<void> {
  ringer.ring(CONVERSATION, 'customerMessage', { seq: 1, floor: 1 }, early)
  await ringer.settled()
}

test('N1: workers hear of a message that may be taken early, and of no other', async () => {
  const { ringer, told, leave } = await ringing()
  await ring(ringer, true)
  await ring(ringer, false)
  expect(told).toEqual(['conv_1'])
  leave()
})

test('P1: while Temporal hears no bell nobody takes a turn early: its time would run with nobody to go on with it', async () => {
  const { ringer, temporal, told, leave } = await ringing()
  temporal.up = false
  await ring(ringer, true)
  await ring(ringer, true)
  expect(told).toHaveLength(1)
  temporal.up = true
  await ring(ringer, false)
  await ring(ringer, true)
  expect(told).toHaveLength(2)
  leave()
})

test('S4: beyond the turns in flight a message waits, for workers too', async () => {
  const { ringer, told, leave } = await ringing(0)
  await ring(ringer, true)
  expect(told).toEqual([])
  leave()
})
