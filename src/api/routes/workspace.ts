import { findConversation } from '../../kernel/reads/conversations.ts'
import { readWorkspace } from '../../kernel/reads/workspace/workspace.ts'
import { customerCard as card, workspace } from '../console-schemas.ts'
import { noteCustomerRead, noteRead } from '../note-access.ts'
import { notFound } from '../problem.ts'
import { defineRoute, type Route } from '../route.ts'
import type { Service } from '../service.ts'

const tag = 'Queue'

export function workspaceRoutes({ kernel, customerCard }: Service): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/conversations/{conversation_id}/workspace',
      summary: 'Read everything beside the transcript that a person needs to go on with a conversation',
      tag,
      allow: ['agent'],
      responses: { 200: { description: 'How it stands and how it came to that', schema: workspace } },
      async handle({ principal, param }) {
        const conversationId = param('conversation_id')
        const found = await readWorkspace(kernel, conversationId)
        if (!found) throw notFound('conversation')
        await noteRead(kernel, principal, conversationId)
        return { status: 200, body: found }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/conversations/{conversation_id}/customer-card',
      summary: "Ask the company's own systems about the customer of a conversation",
      tag,
      allow: ['agent'],
      responses: {
        200: { description: 'As the desk names it; a system that is away takes only its section along', schema: card },
      },
      async handle({ principal, param }) {
        const row = await findConversation(kernel, param('conversation_id'))
        if (!row) throw notFound('conversation')
        await noteCustomerRead(kernel, principal, row)
        const { id: conversationId, customer_id: customerId, desk, guest } = row
        const sections = (await customerCard?.({ desk, conversationId, customerId, guest })) ?? []
        return { status: 200, body: { sections } }
      },
    }),
  ]
}
