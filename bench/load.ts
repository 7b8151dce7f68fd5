// The two kinds of load: closed (so many customers, each waits for its answer) and open (customers come when they come).
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Shopper } from './shop.ts'
import type { Target } from './target.ts'
import { type TurnSeen, visit } from './visits.ts'

/** What a load is made of. */
export type Load = {
  target: Target
  shoppers: readonly Shopper[]
  /** Milliseconds that are measured. */
  measure: number
  /** Milliseconds before it: connections, caches and compilers warm up. */
  warm: number
  /** Called when the measured time begins and ends. */
  onBegin: () => Promise<void>
  onEnd: () => Promise<void>
}

/** Turns that were answered in the measured time, and how long it really was, in milliseconds. */
export type LoadSeen = { turns: TurnSeen[]; elapsed: number }

/** `concurrency` customers at a time. Rejects as soon as one message is not answered. */
export async function closedLoop(load: Load, concurrency: number): Promise<LoadSeen> {
  const seen: TurnSeen[] = []
  let over = false
  const customer = async (index: number): Promise<void> => {
    // Spread over the time to warm up: customers who begin together would be answered in bunches.
    await sleep((load.warm / 2) * (index / concurrency))
    for (let round = 0; !over; round++) {
      const shopper = load.shoppers[(index + round * concurrency) % load.shoppers.length]
      if (shopper) await visit({ target: load.target, shopper, onTurn: (turn) => seen.push(turn) }, () => over)
    }
  }
  const customers = Promise.all(Array.from({ length: concurrency }, (_, index) => customer(index)))
  const measured = measure(load, seen).finally(() => (over = true))
  measured.catch(() => undefined)
  await Promise.race([measured, customers])
  await customers
  return measured
}

/** Conversations of one turn that begin at random moments, `rate` a second on average, whether others are answered or not. */
export async function openLoop(load: Load, rate: number, random: () => number = Math.random): Promise<LoadSeen> {
  const seen: TurnSeen[] = []
  const underWay = new Set<Promise<void>>()
  let failure: Error | undefined
  let over = false
  const arrivals = async (): Promise<void> => {
    for (let next = performance.now(), index = 0; !over && failure === undefined; index++) {
      next += (-Math.log(1 - random()) / rate) * 1000
      await sleep(Math.max(0, next - performance.now()))
      const shopper = load.shoppers[index % load.shoppers.length]
      if (!shopper || over) continue
      const one = visit({ target: load.target, shopper, turns: 1, onTurn: (turn) => seen.push(turn) })
        .catch((error: unknown) => {
          failure ??= error instanceof Error ? error : new Error(String(error))
        })
        .finally(() => underWay.delete(one))
      underWay.add(one)
    }
  }
  const arriving = arrivals()
  const measured = await measure(load, seen).finally(() => (over = true))
  await arriving
  await Promise.all(underWay)
  if (failure !== undefined) throw failure
  return measured
}

async function measure({ warm, measure, onBegin, onEnd }: Load, seen: TurnSeen[]): Promise<LoadSeen> {
  await sleep(warm)
  await onBegin()
  const began = performance.now()
  await sleep(measure)
  const ended = performance.now()
  await onEnd()
  const turns = seen.filter(({ answeredAt }) => answeredAt >= began && answeredAt < ended)
  return { turns, elapsed: ended - began }
}
