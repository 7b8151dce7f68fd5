import { objectSchema, openapiDocument } from '../http/openapi.ts'
import type { Schema } from '../http/openapi.ts'
import { priorities } from './tickets.ts'

const text: Schema = { type: 'string' }
const comment = objectSchema({ author: text, text, created_at: text })
const ticket = objectSchema({
  id: text,
  customer_id: { type: ['string', 'null'] },
  subject: text,
  description: text,
  priority: { enum: priorities },
  status: text,
  metadata: { type: 'object' },
  comments: { type: 'array', items: comment },
  created_at: text,
})

/** The ticket system's OpenAPI document. */
export function ticketingDocument(server: string): Schema {
  return openapiDocument('Demo company ticketing', server, [
    {
      method: 'post',
      path: '/tickets',
      operationId: 'createTicket',
      summary: 'Open a ticket',
      body: objectSchema(
        {
          subject: text,
          description: text,
          customer_id: text,
          priority: { enum: priorities },
          metadata: { type: 'object' },
        },
        ['customer_id', 'priority', 'metadata'],
      ),
      status: 201,
      answer: ticket,
    },
    {
      method: 'get',
      path: '/tickets',
      operationId: 'listTickets',
      summary: 'Newest first',
      query: ['customer_id'],
      status: 200,
      answer: objectSchema({ data: { type: 'array', items: ticket } }),
    },
    {
      method: 'get',
      path: '/tickets/{id}',
      operationId: 'getTicket',
      summary: 'One ticket',
      status: 200,
      answer: ticket,
    },
    {
      method: 'post',
      path: '/tickets/{id}/comments',
      operationId: 'addComment',
      summary: 'Add a comment',
      body: objectSchema({ text, author: text }, ['author']),
      status: 201,
      answer: ticket,
    },
  ])
}
