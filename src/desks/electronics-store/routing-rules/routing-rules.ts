// The list, in order of precedence: the first rule that speaks wins.
import type { RoutingRule } from '../../../domain/routing.ts'
import { anger } from './anger.ts'
import { continuation } from './continuation.ts'
import { personWish } from './person-wish.ts'
import { safety } from './safety.ts'
import { smallTalk } from './small-talk.ts'
import { topics } from './topics.ts'

export const routingRules: readonly RoutingRule[] = [safety, personWish, anger, smallTalk, continuation, topics]
