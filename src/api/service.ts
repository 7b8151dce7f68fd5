// What handlers work with: the dependencies, and what this process builds on them once.
import { createBacklogGuard } from './backlog.ts'
import type { ApiDeps } from './deps.ts'
import { createGuestTokens, type GuestTokens } from './guest-tokens.ts'
import { createMask, type Mask } from './masked.ts'
import { createPresence, type Presence } from './presence.ts'
import { createRateLimits, type RateLimits } from './middleware/rate-limits.ts'
import { createRinger, type Ringer } from './ringer.ts'
import { createQueueWatch, type QueueWatch } from './stream/queue-watch.ts'

export type Service = ApiDeps & {
  ringer: Ringer
  rateLimits: RateLimits
  guests: GuestTokens
  mask: Mask
  presence: Presence
  /** Throws Refusal temporarily_unavailable when too many messages wait. */
  refuseOverBacklog: () => Promise<void>
  queueWatch: QueueWatch
}

export function createService(deps: ApiDeps): Service {
  const { kernel, limits, redis, metrics, logger, stopping } = deps
  return {
    ...deps,
    ringer: createRinger(deps),
    rateLimits: createRateLimits({ redis, scale: limits.rateLimitScale, tenant: kernel.tenant }),
    guests: createGuestTokens(kernel),
    mask: createMask(metrics),
    presence: createPresence(deps),
    refuseOverBacklog: createBacklogGuard(kernel, limits.backlogLimit),
    queueWatch: createQueueWatch(kernel, logger, stopping),
  }
}
