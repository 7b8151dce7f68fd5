// A worker that heard of a message before its run did: what it foresaw may be old by the time it takes the turn.
import { foresee } from '../../src/kernel/foresee.ts'
import { isStoreAway } from '../../src/kernel/store-errors.ts'
import { takeMessages } from '../../src/kernel/take-messages.ts'
import type { MirroredConversation } from '../invariants/mirror.ts'
import { pause } from './actors.ts'
import type { World } from './world.ts'

export async function takeEarly(world: World, { id }: MirroredConversation): Promise<void> {
  await world.actors.start('early', async () => {
    await pause()
    try {
      const foreseen = await foresee(world.kernel, id)
      if (!foreseen) return
      // The reads that a rule names take their time.
      await pause()
      const taken = await takeMessages(world.kernel, { conversationId: id, seen: foreseen.seen, ahead: [] })
      if (taken) world.say(`turn ${taken.turn.number} is taken early`)
    } catch (error) {
      if (!isStoreAway(error))
        world.broken(`taken early, it threw: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
}
