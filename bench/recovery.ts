// kill -9 of the worker in a model call, with another worker there: how long until the answer, beyond the call that is made again.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { rounded } from './percentiles.ts'
import type { System } from './system.ts'
import { shortQuestion } from './the-turn.ts'

export type Recovery = {
  /** Milliseconds of a model call. */
  latency: number
  /** Of each kill: from the kill to the answer, less one model call. */
  beyond_call_ms: number[]
}

const CALLED_WITHIN = 10_000

/** Kills so many times; nobody asks again in between. `latency` must be longer than a worker takes to start. */
export async function measureRecovery(system: System, kills: number, latency: number): Promise<Recovery> {
  await system.stack.sandbox.model({ latency_ms: latency, tokens_per_second: 0 })
  const beyond: number[] = []
  for (let attempt = 0; beyond.length < kills; attempt++) {
    const waited = await killOnce(system, attempt)
    if (waited !== null) beyond.push(waited - latency)
    if (attempt >= 2 * kills) throw new Error(`workers start too slowly here to be killed within ${latency} ms`)
  }
  return { latency, beyond_call_ms: beyond.map((value) => rounded(value, 0)) }
}

/** Milliseconds from the kill to the answer; null when the answer was there before the kill. */
async function killOnce({ everdesk, stack, shoppers, modelCalls }: System, index: number): Promise<number | null> {
  const shopper = shoppers[index % shoppers.length]
  const [worker] = stack.workers
  if (!shopper || !worker) throw new Error('no worker to kill')
  await modelCalls()
  const [order] = shopper.nextPair()
  const answered = everdesk.start(shopper.customer, shortQuestion(order)).then(() => performance.now())
  answered.catch(() => undefined)
  for (const deadline = Date.now() + CALLED_WITHIN; (await modelCalls()) === 0; await sleep(50)) {
    if (Date.now() > deadline) throw new Error('the model was not called')
  }
  // The one that takes over starts while the call runs, so that the call was certainly the first one's.
  const standIn = await stack.addWorker()
  const killedAt = performance.now()
  await worker.process().kill('SIGKILL')
  try {
    const waited = (await answered) - killedAt
    return waited > 0 ? waited : null
  } finally {
    await standIn.process().kill('SIGKILL')
    await worker.start()
  }
}
