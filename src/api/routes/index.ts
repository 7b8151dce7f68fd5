import type { Route } from '../route.ts'
import type { Service } from '../service.ts'
import { alertRoutes } from './alerts.ts'
import { approvalRoutes } from './approvals.ts'
import { auditRoutes } from './audit.ts'
import { conversationRoutes } from './conversations.ts'
import { effectRoutes } from './effects.ts'
import { eventRoutes } from './events.ts'
import { guestRoutes } from './guests.ts'
import { feedbackRoutes } from './feedback.ts'
import { handoffRoutes } from './handoffs.ts'
import { messageRoutes } from './messages.ts'
import { peopleRoutes } from './people.ts'
import { queueRoutes } from './queue.ts'
import { staffRoutes } from './staff.ts'
import { reportRoutes } from './reports.ts'
import { workspaceRoutes } from './workspace.ts'

/** Every route under /v1; a new one is a line here. */
export const createRoutes = (service: Service): Route[] =>
  [
    conversationRoutes,
    messageRoutes,
    eventRoutes,
    guestRoutes,
    handoffRoutes,
    peopleRoutes,
    approvalRoutes,
    staffRoutes,
    effectRoutes,
    alertRoutes,
    auditRoutes,
    queueRoutes,
    workspaceRoutes,
    feedbackRoutes,
    reportRoutes,
  ].flatMap((routes) => routes(service))
