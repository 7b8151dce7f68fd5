// What decides the exit code. Routing figures are reported and judged by people; these are promises.
import type { Figures } from './score.ts'

/** One promise and how often it was broken. */
export interface Promised {
  what: string
  broken: number
}

/** The promises of a run; every `broken` must be 0. */
export function mustHold({ outcomes, doubled, none }: Figures): Promised[] {
  return [
    { what: 'every message is answered or handed off', broken: outcomes.failed + outcomes.lost + outcomes.refused },
    { what: 'nothing is lost', broken: outcomes.lost },
    { what: 'nothing is doubled', broken: doubled },
    { what: 'no write for a row without a request', broken: none.with_write },
  ]
}
