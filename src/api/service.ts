// What handlers work with: the dependencies, and what this process builds on them once.
import { createBacklogGuard } from './backlog.ts'
import type { ApiDeps } from './deps.ts'
import { createMask, type Mask } from './masked.ts'
import { createRateLimits, type RateLimits } from './middleware/rate-limits.ts'
import { createRinger, type Ringer } from './ringer.ts'

export type Service = ApiDeps & {
  ringer: Ringer
  rateLimits: RateLimits
  mask: Mask
  /** Throws Refusal temporarily_unavailable when too many messages wait. */
  refuseOverBacklog: () => Promise<void>
}

export function createService(deps: ApiDeps): Service {
  const { kernel, limits, redis, metrics } = deps
  return {
    ...deps,
    ringer: createRinger(deps),
    rateLimits: createRateLimits({ redis, scale: limits.rateLimitScale, tenant: kernel.tenant }),
    mask: createMask(metrics),
    refuseOverBacklog: createBacklogGuard(kernel, limits.backlogLimit),
  }
}
