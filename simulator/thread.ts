// One thread of the simulator: plays its share of the seeds on a store of its own, or shrinks one that failed.
import { parentPort, workerData } from 'node:worker_threads'
import { play, stepsOf } from './episode.ts'
import { seedIds } from './seeded-ids.ts'
import { shrink } from './shrink.ts'
import { openStore } from './store/store.ts'
import type { Found, Share, Shrunk } from './share.ts'

seedIds()
const store = openStore()
const share = workerData as Share

async function playShare({ seed, episodes, every, untilFound }: Extract<Share, { kind: 'play' }>): Promise<Found> {
  const found: Found = { episodes: 0, steps: 0, violations: {} }
  for (let at = 0; at < episodes; at += 1) {
    const mine = seed + at * every
    const { violations, steps } = await play(store, mine, stepsOf(mine))
    found.episodes += 1
    found.steps += steps
    for (const what of violations) (found.violations[what] ??= []).push(mine)
    if (untilFound && violations.length > 0) break
  }
  return found
}

async function shrinkOne({ seed, violation }: Extract<Share, { kind: 'shrink' }>): Promise<Shrunk> {
  const whole = stepsOf(seed)
  const steps = await shrink(store, seed, whole, violation)
  const { story } = await play(store, seed, steps)
  return { seed, violation, from: whole.length, steps, story }
}

const answer = share.kind === 'play' ? await playShare(share) : await shrinkOne(share)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(answer)
