// What 1,000 conversations of 5 turns leave behind, and what a turn is in Temporal: so many conversations are held, looked at while
// open, closed, and looked at again at rest.
import { Client, Connection } from '@temporalio/client'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { workflowId } from '../src/workflows/messages.ts'
import { checkTurns, mustBeTheTurn } from './check-turns.ts'
import { percentile, rounded } from './percentiles.ts'
import { memoryOf, readProcessTable } from './process-table.ts'
import type { Memory, Results, Storage } from './results.ts'
import { sizesOf } from './sizes.ts'
import type { System } from './system.ts'
import { TURNS_PER_CONVERSATION } from './the-turn.ts'
import { visit } from './visits.ts'

export type StoragePlan = { conversations: number; concurrency: number }

export type StorageMeasured = {
  storage: Storage
  history: Results['history']
  growth: Memory['per_1000_open_mb']
}

/** Fewer tell nothing of memory: a heap grows in steps. */
const ENOUGH_FOR_MEMORY = 500
const HISTORIES_READ = 20
const CLOSED_WITHIN = 180_000
const MEGABYTE = 1024 * 1024

export async function measureStorage(system: System, plan: StoragePlan): Promise<StorageMeasured> {
  await system.stack.sandbox.model({ latency_ms: 0, tokens_per_second: 0 })
  const before = await sizesOf(system)
  const memoryBefore = await memoryOf(await readProcessTable(), system.parts())
  const since = new Date()
  await system.modelCalls()
  const conversations = await hold(system, plan)
  mustBeTheTurn(await checkTurns(system.stack.db, since), await system.modelCalls())

  const memoryAfter = await memoryOf(await readProcessTable(), system.parts())
  const history = await readHistories(system, [...conversations.keys()].slice(-HISTORIES_READ))
  await closeAll(system, conversations)
  const after = await sizesOf(system)
  const per1000 = (from: number, to: number) => rounded(((to - from) / MEGABYTE / plan.conversations) * 1000, 1)
  return {
    history,
    storage: {
      conversations: plan.conversations,
      turns: plan.conversations * TURNS_PER_CONVERSATION,
      ours_mb_per_1000: per1000(before.ours, after.ours),
      engine_mb_per_1000: before.engine === null || after.engine === null ? null : per1000(before.engine, after.engine),
    },
    growth:
      plan.conversations < ENOUGH_FOR_MEMORY
        ? null
        : Object.fromEntries(
            Object.entries(memoryAfter).map(([name, value]) => [
              name,
              rounded(((value - (memoryBefore[name] ?? 0)) / plan.conversations) * 1000, 1),
            ]),
          ),
  }
}

/** Conversations with their customers, all open. */
async function hold({ everdesk, shoppers }: System, plan: StoragePlan): Promise<Map<string, string>> {
  const held = new Map<string, string>()
  let next = 0
  const customer = async (): Promise<void> => {
    for (let index = next++; index < plan.conversations; index = next++) {
      const shopper = shoppers[index % shoppers.length]
      if (!shopper) return
      await visit({
        target: everdesk,
        shopper,
        onTurn: () => undefined,
        onEnd: (conversation) => held.set(conversation, shopper.customer),
      })
    }
  }
  await Promise.all(Array.from({ length: plan.concurrency }, customer))
  return held
}

/** Medians of a turn: what a run's history has, by the number of its turns. */
async function readHistories({ engine }: System, conversations: string[]): Promise<Results['history']> {
  const connection = await Connection.connect({ address: engine.address })
  const client = new Client({ connection, namespace: engine.namespace })
  try {
    const found = await Promise.all(
      conversations.map(async (id) => {
        const { historyLength, historySize } = await client.workflow.getHandle(workflowId(id)).describe()
        return { events: historyLength, bytes: historySize ?? 0 }
      }),
    )
    const median = (values: number[], digits: number) =>
      rounded(percentile(values, 0.5) / TURNS_PER_CONVERSATION, digits)
    return {
      events: median(
        found.map(({ events }) => events),
        1,
      ),
      bytes: median(
        found.map(({ bytes }) => bytes),
        0,
      ),
    }
  } finally {
    await connection.close()
  }
}

async function closeAll({ everdesk, stack, engine }: System, conversations: Map<string, string>): Promise<void> {
  const rest = [...conversations]
  const worker = async (): Promise<void> => {
    for (let next = rest.pop(); next; next = rest.pop()) await everdesk.close(next[1], next[0])
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  const connection = await Connection.connect({ address: engine.address })
  const client = new Client({ connection, namespace: engine.namespace })
  try {
    for (const deadline = Date.now() + CLOSED_WITHIN; ; await sleep(500)) {
      const { rows } = await sql<{ open: number }>`
        select count(*)::int as open from conversations where status <> 'closed'`.execute(stack.db)
      const { count } = await client.workflow.count()
      if (rows[0]?.open === 0 && count === 0) return
      if (Date.now() > deadline)
        throw new Error(`${rows[0]?.open ?? 0} conversations are open, ${count} runs still there`)
    }
  } finally {
    await connection.close()
  }
}
