import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson } from '../domain/json.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford's base 32, lower case

/** `<prefix>_` + 10 characters of time + 22 random ones (110 bits): sortable by time, not to be guessed. */
export function newId(prefix: 'conv' | 'msg' | 'eff' | 'hand' | 'appr' | 'ntc', now: Date): string {
  let time = ''
  for (let rest = now.getTime(), digit = 0; digit < 10; digit += 1) {
    time = ALPHABET[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  const random = [...randomBytes(22)].map((byte) => ALPHABET[byte % 32]).join('')
  return `${prefix}_${time}${random}`
}

/** Digest of canonical JSON: equal values have equal digests. 128 bits are plenty against accident. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32)
