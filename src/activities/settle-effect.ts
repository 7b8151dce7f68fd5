import { whileAlive } from './alive.ts'
import type { ActivityDeps } from './deps.ts'
import { driveEffect } from './drive-effect.ts'

/** A write nobody works on any more: its turn ended, or a handoff promised it. The store hands it out again until it ends. */
export const settleEffect = (
  deps: ActivityDeps,
  input: { conversationId: string; effect: string },
): Promise<{ outcome: string }> => whileAlive(deps, null, () => driveEffect(deps, input))
