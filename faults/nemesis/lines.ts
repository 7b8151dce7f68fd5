// The line between two parts is cut, slow, silent, or down to a byte a second.
import type { Line, LineFault } from '../../stack/line.ts'
import type { Stack } from '../../stack/stack.ts'
import { type Fault, pickFrom } from './ground.ts'

const spoil = (kind: string, lasts: readonly [number, number], faultOf: (pick: number) => LineFault): Fault => ({
  kind,
  lane: 'parts',
  weight: 2,
  lasts,
  async strike({ stack }, { pick }) {
    const { name, line } = pickFrom(linesOf(stack), pick)
    line.spoil(faultOf(pick))
    return { target: name, reached: () => line.struck() > 0, heal: async () => line.mend() }
  },
})

export const lineCut = spoil('line-cut', [300, 3000], () => ({ kind: 'cut' }))
export const lineDelay = spoil('line-delay', [2000, 6000], (pick) => ({
  kind: 'delay',
  milliseconds: 100 + (pick % 900),
}))
export const lineHalfOpen = spoil('line-half-open', [2000, 7000], () => ({ kind: 'half-open' }))
export const lineDrip = spoil('line-drip', [2000, 6000], () => ({ kind: 'drip', bytesPerSecond: 1 }))

/** Every line that work in flight uses. An API asks the sandbox only for the issuer's keys, so that one is left out. */
function linesOf(stack: Stack): { name: string; line: Line }[] {
  return [...stack.workers, ...stack.apis].flatMap((slot) =>
    Object.entries(slot.lines)
      .filter(([part]) => slot.name.startsWith('worker') || part !== 'sandbox')
      .map(([part, line]) => ({ name: `${slot.name} - ${part}`, line })),
  )
}
