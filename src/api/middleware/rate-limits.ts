// Limits per minute and person, and per hour and tier for messages [T2]. Redis counts for all processes; memory stands in
// while Redis is away, so that it never decides whether messages are accepted.
import type { Response } from 'express'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../domain/errors.ts'
import type { Principal, Tier } from './authenticate.ts'

const REQUESTS_A_MINUTE = 100
/** Those who show no valid token are counted by address, and many may share one. */
const STRANGERS_A_MINUTE = 1000
const MESSAGES_AN_HOUR: Record<Tier, number> = { free: 10, basic: 100, premium: 1000, enterprise: 10_000 }
/** New guests by address: whoever wants more of the hourly messages must sign in. */
const GUESTS_AN_HOUR = 30
const MINUTE = 60
const HOUR = 3600

export type RateLimits = {
  /** Counts a request of a person and writes the headers. Throws Refusal rate_limited. */
  request: (who: Principal, response: Response) => Promise<void>
  /** The same for a request without a valid token. */
  stranger: (address: string, response: Response) => Promise<void>
  /** Counts a new guest by address. */
  guest: (address: string, response: Response) => Promise<void>
  /**
   * Counts a customer's message, unless it is a repeat: `key` was seen within the hour, or `isKnown` finds its row.
   * Throws Refusal rate_limited.
   */
  message: (
    who: Principal,
    repeat: { key: string; isKnown: () => Promise<boolean> } | null,
    response: Response,
  ) => Promise<void>
  /** Headers for an answer that nothing was counted for. */
  announce: (response: Response) => void
}

export function createRateLimits(options: { redis?: object | undefined; scale: number; tenant: string }): RateLimits {
  const { redis, scale, tenant } = options
  const limiter = (name: string, points: number, duration: number) => {
    const own = { keyPrefix: `everdesk:${tenant}:limit:${name}`, points, duration }
    const insuranceLimiter = new RateLimiterMemory(own)
    if (!redis) return insuranceLimiter
    return new RateLimiterRedis({ ...own, storeClient: redis, insuranceLimiter, rejectIfRedisNotReady: true })
  }
  const scaled = (points: number) => Math.max(1, Math.floor(points * scale))
  const people = { name: 'requests', limiter: limiter('requests', scaled(REQUESTS_A_MINUTE), MINUTE) }
  const strangers = { name: 'requests', limiter: limiter('strangers', scaled(STRANGERS_A_MINUTE), MINUTE) }
  const newGuests = { name: 'guests', limiter: limiter('guests', scaled(GUESTS_AN_HOUR), HOUR) }
  const hourly = (tier: Tier) => ({
    name: 'messages',
    limiter: limiter(`messages:${tier}`, scaled(MESSAGES_AN_HOUR[tier]), HOUR),
  })
  const tiers = {
    free: hourly('free'),
    basic: hourly('basic'),
    premium: hourly('premium'),
    enterprise: hourly('enterprise'),
  }
  const seen = limiter('seen', 1, HOUR)

  return {
    request: (who, response) => take(people, personKey(who), response),
    stranger: (address, response) => take(strangers, address, response),
    guest: (address, response) => take(newGuests, address, response),
    announce: (response) => show(response, people, people.limiter.points, MINUTE),
    async message(who, repeat, response) {
      const tier = tiers[who.tier]
      const key = personKey(who)
      if (repeat && !(await isFirst(seen, repeat.key))) {
        // Seen before, so it is counted already, unless that count was refused: then only the row proves a repeat.
        const used = (await tier.limiter.get(key))?.consumedPoints ?? 0
        if (used < tier.limiter.points || (await repeat.isKnown())) return
      }
      await take(tier, key, response).catch(async (error: unknown) => {
        if (repeat) await seen.delete(repeat.key)
        throw error
      })
    },
  }
}

type Named = { name: string; limiter: RateLimiterMemory | RateLimiterRedis }

const personKey = (who: Principal): string => `${who.role === 'customer' ? 'customer' : 'staff'}:${who.id}`

async function take(limit: Named, key: string, response: Response): Promise<void> {
  try {
    const state = await limit.limiter.consume(key)
    show(response, limit, state.remainingPoints, seconds(state))
  } catch (state) {
    if (!(state instanceof RateLimiterRes)) throw state
    show(response, limit, 0, seconds(state))
    const detail = `More ${limit.name} than allowed. Try again in ${seconds(state)} seconds.`
    throw new Refusal('rate_limited', detail, { retryAfter: seconds(state) })
  }
}

async function isFirst(seen: RateLimiterMemory | RateLimiterRedis, key: string): Promise<boolean> {
  try {
    await seen.consume(key)
    return true
  } catch (state) {
    if (state instanceof RateLimiterRes) return false
    throw state
  }
}

const seconds = (state: RateLimiterRes): number => Math.max(1, Math.ceil(state.msBeforeNext / 1000))

/** The IETF draft's structured fields; each limit that was asked adds its item. */
function show(response: Response, { name, limiter }: Named, left: number, reset: number): void {
  const items = {
    'RateLimit-Policy': `"${name}";q=${limiter.points};w=${limiter.duration}`,
    RateLimit: `"${name}";r=${left};t=${reset}`,
  }
  for (const [header, item] of Object.entries(items)) {
    const others = (response.get(header) ?? '')
      .split(', ')
      .filter((other) => other !== '' && !other.startsWith(`"${name}"`))
    response.set(header, [...others, item].join(', '))
  }
}
