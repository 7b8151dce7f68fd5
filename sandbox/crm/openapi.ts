import { objectSchema, openapiDocument } from '../http/openapi.ts'
import type { Schema } from '../http/openapi.ts'

const text: Schema = { type: 'string' }

/** The CRM's OpenAPI document. */
export function crmDocument(server: string): Schema {
  return openapiDocument('Demo company CRM', server, [
    {
      method: 'get',
      path: '/customers/{id}',
      operationId: 'getCustomer',
      summary: 'One customer',
      status: 200,
      answer: objectSchema({
        id: text,
        name: text,
        email: text,
        phone: text,
        tier: { enum: ['free', 'basic', 'premium', 'enterprise'] },
        language: text,
        locked: { type: 'boolean' },
        locked_reason: { type: ['string', 'null'] },
        member_since: { type: 'string', format: 'date' },
        address: { type: 'object' },
      }),
    },
    {
      method: 'post',
      path: '/customers/{id}/password-reset',
      operationId: 'resetPassword',
      summary: 'Sends the reset mail; never shows a password',
      status: 202,
      answer: objectSchema({
        customer_id: text,
        status: { const: 'mail_sent' },
        sent_to: text,
        expires_in_minutes: { type: 'integer' },
      }),
    },
    {
      method: 'post',
      path: '/customers/{id}/payment-method-link',
      operationId: 'createPaymentMethodLink',
      summary: 'A hosted page where the customer changes the payment method',
      status: 201,
      answer: objectSchema({
        customer_id: text,
        url: { type: 'string', format: 'uri' },
        expires_at: { type: 'string', format: 'date-time' },
      }),
    },
    {
      method: 'post',
      path: '/customers/{id}/notes',
      operationId: 'addNote',
      summary: 'An internal note',
      body: objectSchema({ text }),
      status: 201,
      answer: objectSchema({ id: { type: 'integer' }, customer_id: text, text, created_at: text }),
    },
  ])
}
