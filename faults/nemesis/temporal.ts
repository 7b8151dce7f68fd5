// The engine is killed, frozen, or stopped for a while. Where it is somebody else's, its lines are cut instead.
import type { TemporalServer } from '../../stack/temporal.ts'
import type { Fault, Ground } from './ground.ts'

/** `strike` returns what makes it whole again. */
const onTemporal = (
  kind: string,
  lasts: readonly [number, number],
  strike: (temporal: TemporalServer) => Promise<() => Promise<void>>,
): Fault => ({
  kind,
  lane: 'parts',
  weight: 1,
  lasts,
  async strike(ground) {
    const { temporal } = ground.stack
    return { target: 'temporal', heal: temporal ? await strike(temporal) : cutOff(ground) }
  },
})

export const temporalKill = onTemporal('temporal-kill', [0, 500], async (temporal) => {
  temporal.kill()
  return async () => {
    await temporal.stop()
    await temporal.start()
  }
})

export const temporalFreeze = onTemporal('temporal-freeze', [1500, 6000], async (temporal) => {
  temporal.freeze()
  return async () => temporal.thaw()
})

export const temporalRestart = onTemporal('temporal-restart', [500, 4000], async (temporal) => {
  await temporal.stop()
  return () => temporal.start()
})

function cutOff({ stack }: Ground): () => Promise<void> {
  const lines = [...stack.workers, ...stack.apis].flatMap(({ lines }) => lines.temporal ?? [])
  for (const line of lines) line.cut()
  return async () => {
    for (const line of lines) line.mend()
  }
}
