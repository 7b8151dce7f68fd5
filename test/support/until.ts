import { setTimeout as sleep } from 'node:timers/promises'

/** Polls until `probe` gives something; fails with `what` was waited for after `patience` milliseconds. */
export async function until<T>(
  probe: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  what: string,
  patience = 60_000,
): Promise<T> {
  const deadline = Date.now() + patience
  for (;;) {
    const found = await probe()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > deadline) throw new Error(`waited ${patience} ms in vain for: ${what}`)
    await sleep(25)
  }
}
