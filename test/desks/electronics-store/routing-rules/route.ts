import { routingRules } from '../../../../src/desks/electronics-store/routing-rules/routing-rules.ts'
import { routeByRules } from '../../../../src/domain/routing.ts'
import type { Intent } from '../../../../src/domain/routing.ts'

/** The desk's rules on one text. */
export const route = (text: string, lastIntent: Intent | null = null) =>
  routeByRules(routingRules, text, { lastIntent, facts: [] })
