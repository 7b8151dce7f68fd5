import type { Route } from '../route.ts'
import type { Service } from '../service.ts'
import { auditRoutes } from './audit.ts'
import { conversationRoutes } from './conversations.ts'
import { effectRoutes } from './effects.ts'
import { eventRoutes } from './events.ts'
import { handoffRoutes } from './handoffs.ts'
import { messageRoutes } from './messages.ts'
import { peopleRoutes } from './people.ts'

/** Every route under /v1; a new one is a line here. */
export const createRoutes = (service: Service): Route[] =>
  [conversationRoutes, messageRoutes, eventRoutes, handoffRoutes, peopleRoutes, effectRoutes, auditRoutes].flatMap(
    (routes) => routes(service),
  )
