// Very many open conversations: started at a bounded rate, left idle, a hundredth of them woken at random; and the same after every
// worker was restarted and remembers none of them.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineName } from './engine-names.ts'
import { describeMachine } from './machine.ts'
import { type Percentiles, percentiles, rounded } from './percentiles.ts'
import { memoryOf, readProcessTable } from './process-table.ts'
import type { Machine } from './results.ts'
import { sizesOf } from './sizes.ts'
import { startSystem, type System } from './system.ts'
import { shortQuestion } from './the-turn.ts'

/** What one look at the idle system shows, and how those who woke fared. */
export type Look = {
  memory_mb: Record<string, number>
  ours_mb: number
  engine_mb: number | null
  woken: number
  wake_ms: Percentiles
}

export type OpenConversations = {
  machine: Machine
  engine: EngineName
  conversations: number
  /** Seconds that starting them took. */
  start_s: number
  empty: Pick<Look, 'memory_mb' | 'ours_mb' | 'engine_mb'>
  idle: Look
  after_restart: Look & { restart_s: number }
}

export type OpenPlan = {
  conversations: number
  workers: number
  /** Starts under way at a time. */
  concurrency: number
  /** Milliseconds of rest before each look. */
  idle: number
}

const MOST_CUSTOMERS = 500
const MEGABYTE = 1024 * 1024
const WOKEN_SHARE = 0.01
const FEWEST_WOKEN = 10

export async function openConversations(request: {
  engine: EngineName
  plan: OpenPlan
  note: (line: string) => void
}): Promise<OpenConversations> {
  const { engine, plan, note } = request
  const machine = describeMachine()
  const customers = Math.min(MOST_CUSTOMERS, plan.conversations)
  const pairs = Math.ceil((plan.conversations * 1.5) / customers)
  const system = await startSystem({ engine, customers, pairs, workers: plan.workers, note })
  try {
    await system.stack.sandbox.model({ latency_ms: 0, tokens_per_second: 0 })
    const empty = await look(system)
    note(`Starting ${plan.conversations} conversations, ${plan.concurrency} at a time ...`)
    const began = performance.now()
    const open = await startAll(system, plan, note)
    const start_s = rounded((performance.now() - began) / 1000, 1)
    note('Idle, then waking some ...')
    await sleep(plan.idle)
    const idle = { ...(await look(system)), ...(await wake(system, open)) }
    note('Restarting every worker ...')
    const restart_s = await restartWorkers(system)
    await sleep(plan.idle)
    const after_restart = { restart_s, ...(await look(system)), ...(await wake(system, open)) }
    return { machine, engine, conversations: plan.conversations, start_s, empty, idle, after_restart }
  } finally {
    await system.close()
  }
}

/** An open conversation and whose it is. */
type Open = { conversation: string; shopper: System['shoppers'][number] }

async function startAll(system: System, plan: OpenPlan, note: (line: string) => void): Promise<Open[]> {
  const { everdesk, shoppers } = system
  const open: Open[] = []
  let next = 0
  const customer = async (): Promise<void> => {
    for (let index = next++; index < plan.conversations; index = next++) {
      const shopper = shoppers[index % shoppers.length]
      if (!shopper) return
      const text = shortQuestion(shopper.nextPair()[0])
      open.push({ shopper, conversation: (await everdesk.start(shopper.customer, text)).conversation })
      if (open.length % 1000 === 0) note(`  ${open.length} are open`)
    }
  }
  await Promise.all(Array.from({ length: plan.concurrency }, customer))
  return open
}

async function look(system: System): Promise<OpenConversations['empty']> {
  const { ours, engine } = await sizesOf(system)
  return {
    memory_mb: await memoryOf(await readProcessTable(), system.parts()),
    ours_mb: rounded(ours / MEGABYTE, 1),
    engine_mb: engine === null ? null : rounded(engine / MEGABYTE, 1),
  }
}

/** One after the other, so that each time is that of one waking. */
async function wake({ everdesk }: System, open: Open[]): Promise<Pick<Look, 'woken' | 'wake_ms'>> {
  const count = Math.min(open.length, Math.max(FEWEST_WOKEN, Math.round(open.length * WOKEN_SHARE)))
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const one = open[Math.floor(Math.random() * open.length)]
    if (!one) break
    const began = performance.now()
    await everdesk.say(one.shopper.customer, one.conversation, shortQuestion(one.shopper.nextPair()[0]))
    times.push(performance.now() - began)
  }
  return { woken: times.length, wake_ms: percentiles(times) }
}

async function restartWorkers({ stack }: System): Promise<number> {
  const began = performance.now()
  await Promise.all(
    stack.workers.map(async (worker) => {
      await worker.process().kill('SIGTERM')
      await worker.start()
    }),
  )
  return rounded((performance.now() - began) / 1000, 1)
}
