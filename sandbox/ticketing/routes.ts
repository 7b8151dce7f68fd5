import { Router, json } from 'express'
import { effectLookup } from '../http/idempotency.ts'
import { runOperation } from '../http/operation.ts'
import type { Answer, BackEnd, Operation } from '../http/operation.ts'
import { ticketingDocument } from './openapi.ts'
import { addComment, createTicket, getTicket, listTickets } from './tickets.ts'
import type { Ticket } from './tickets.ts'

/** The routes under `/ticketing`. */
export function ticketingRoutes(parts: BackEnd, publicUrl: string): Router {
  const { store } = parts
  const router = Router()
  const body = json({ limit: '1mb' })
  const run = (operation: Omit<Operation, 'system'>) => runOperation(parts, { system: 'ticketing', ...operation })
  router.use(effectLookup(store, 'ticketing'))
  router.get('/openapi.json', (_request, response) => {
    response.json(ticketingDocument(`${publicUrl}/ticketing`))
  })
  router.post(
    '/tickets',
    body,
    run({ name: 'create_ticket', write: true, answer: (request) => written(201, createTicket(store, request.body)) }),
  )
  router.get(
    '/tickets',
    run({
      name: 'list_tickets',
      write: false,
      answer: (request) => {
        const customerId = request.query['customer_id']
        return {
          status: 200,
          body: { data: listTickets(store, typeof customerId === 'string' ? customerId : undefined) },
        }
      },
    }),
  )
  router.get(
    '/tickets/:id',
    run({
      name: 'get_ticket',
      write: false,
      answer: (request) => ({ status: 200, body: getTicket(store, String(request.params['id'])) }),
    }),
  )
  router.post(
    '/tickets/:id/comments',
    body,
    run({
      name: 'add_comment',
      write: true,
      answer: (request) => written(201, addComment(store, String(request.params['id']), request.body)),
    }),
  )
  return router
}

function written(status: number, ticket: Ticket): Answer {
  return {
    status,
    body: ticket,
    effects: [
      {
        system: 'ticketing',
        business_key: ticket.id,
        ...(ticket.customer_id ? { customer_id: ticket.customer_id } : {}),
      },
    ],
  }
}
