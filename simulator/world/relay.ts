import { FULL_PACE, look } from '../../src/relay/relay.ts'
import { LOGGER, METRICS } from './activities.ts'
import { pause } from './actors.ts'
import { isStoreAway } from '../../src/kernel/store-errors.ts'
import type { World } from './world.ts'

/** One look of the product's relay. */
export async function relayLooks(world: World): Promise<void> {
  await world.actors.start('relay', async () => {
    await pause()
    const bells = {
      ring: ({ conversationId }: { conversationId: string }) => {
        if (!world.engine.ring(conversationId, 0)) return Promise.reject(new Error('the engine is away'))
        world.say('the relay rings')
        return Promise.resolve()
      },
    }
    const { kernel } = world
    // No run of the simulator is wedged: its workflow task never fails.
    const endWedgedRun = () => Promise.resolve(false)
    try {
      const options = { kernel, bells, maxTurnsInFlight: 50, endWedgedRun, logger: LOGGER, metrics: METRICS }
      await look(options, FULL_PACE)
    } catch (error) {
      if (!isStoreAway(error)) throw error
    }
  })
}
