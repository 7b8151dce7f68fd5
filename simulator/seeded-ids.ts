// Makes the ids of the product repeatable without a switch in it: `randomBytes` of this thread follows the seed. Whoever
// imported it by name sees the exchange, because Node hands builtins out as live bindings.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { type Random, randomFrom } from './random.ts'

let random: Random = randomFrom(0)

/** From here on this thread has no secrets: call it only in a thread that simulates. */
export function seedIds(): void {
  const seeded = (size: number): Buffer => {
    const bytes = Buffer.alloc(size)
    for (let at = 0; at < size; at += 1) bytes[at] = Math.floor(random() * 256)
    return bytes
  }
  Object.assign(crypto, { randomBytes: seeded })
  syncBuiltinESMExports()
}

export function restartIds(seed: number): void {
  random = randomFrom(seed ^ 0x1d5eed)
}
