// What a worker does while Temporal is on its way: it takes the turns of new messages, and begins the first call of those that the
// rules have routed. Both find their place in the run's own steps, or are nobody's.
import type { ActivityDeps } from './deps.ts'
import { createEarlyTurns, type EarlyTurns } from './early-turns.ts'
import { createHeadStarts, type HeadStarts } from './head-starts.ts'

export type Ahead = { heads: HeadStarts; turns: EarlyTurns }

export function createAhead(deps: ActivityDeps): Ahead {
  const heads = createHeadStarts(deps)
  return { heads, turns: createEarlyTurns(deps, heads) }
}
