// What the main thread asks a thread of the simulator for, and what comes back.
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Step } from './actions.ts'

export type Share =
  /** Seeds `seed`, `seed + every`, ...; stops at the first that fails when `untilFound`. */
  | { kind: 'play'; seed: number; episodes: number; every: number; untilFound: boolean }
  | { kind: 'shrink'; seed: number; violation: string }
/** `violations`: the seeds that broke each. */
export type Found = { episodes: number; steps: number; violations: Record<string, number[]> }
export type Shrunk = { seed: number; violation: string; from: number; steps: Step[]; story: string[] }

const HOOK = resolve(import.meta.dirname, '../planted/plant.ts')

/** A thread that loads the product for itself, with the planted bug in it when one is named. */
export function inThread<T extends Found | Shrunk>(share: Share, plant: string | null): Promise<T> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: share,
    execArgv: plant === null ? [] : ['--import', HOOK],
    env: { ...process.env, PLANT: plant ?? '' },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', (message: T) => resolve(message))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`a thread of the simulator ended with code ${code}`)))
  })
}

/** Seeds shared out evenly over threads. */
export async function playAll(options: {
  seed: number
  episodes: number
  threads: number
  plant: string | null
  untilFound: boolean
}): Promise<Found> {
  const { seed, episodes, threads, plant, untilFound } = options
  const shares = await Promise.all(
    Array.from({ length: threads }, (_, index) => {
      const mine = Math.floor((episodes + threads - 1 - index) / threads)
      return inThread<Found>({ kind: 'play', seed: seed + index, episodes: mine, every: threads, untilFound }, plant)
    }),
  )
  const sum: Found = { episodes: 0, steps: 0, violations: {} }
  for (const share of shares) {
    sum.episodes += share.episodes
    sum.steps += share.steps
    for (const [what, seeds] of Object.entries(share.violations)) {
      sum.violations[what] = [...(sum.violations[what] ?? []), ...seeds].toSorted((a, b) => a - b)
    }
  }
  return sum
}
