// CRM: customers, password resets (a mail, never a password), hosted links for payment methods, notes.
import { createHash, randomUUID } from 'node:crypto'
import { Router, json } from 'express'
import { objectBody, textField } from '../http/fields.ts'
import { effectLookup } from '../http/idempotency.ts'
import { runOperation } from '../http/operation.ts'
import type { BackEnd, Operation } from '../http/operation.ts'
import { getCustomer, maskEmail } from './customers.ts'
import { crmDocument } from './openapi.ts'

/** The routes under `/crm`; `publicUrl` is the base of hosted links. */
export function crmRoutes(parts: BackEnd, publicUrl: string): Router {
  const { store } = parts
  const router = Router()
  const run = (operation: Omit<Operation, 'system'>) => runOperation(parts, { system: 'crm', ...operation })
  router.use(effectLookup(store, 'crm'))
  router.get('/openapi.json', (_request, response) => {
    response.json(crmDocument(`${publicUrl}/crm`))
  })
  router.get(
    '/customers/:id',
    run({
      name: 'get_customer',
      write: false,
      answer: (request) => ({ status: 200, body: getCustomer(store, String(request.params['id'])) }),
    }),
  )
  router.post(
    '/customers/:id/password-reset',
    json(),
    run({
      name: 'reset_password',
      write: true,
      answer: (request) => {
        const customer = getCustomer(store, String(request.params['id']))
        return {
          status: 202,
          body: {
            customer_id: customer.id,
            status: 'mail_sent',
            sent_to: maskEmail(customer.email),
            expires_in_minutes: 30,
          },
          effects: [{ system: 'mail', business_key: customer.id, customer_id: customer.id }],
        }
      },
    }),
  )
  router.post(
    '/customers/:id/payment-method-link',
    json(),
    run({
      name: 'create_payment_method_link',
      write: true,
      answer: (request) => {
        const customer = getCustomer(store, String(request.params['id']))
        const secret = createHash('sha256').update(randomUUID()).digest('base64url').slice(0, 24)
        return {
          status: 201,
          body: {
            customer_id: customer.id,
            url: `${publicUrl}/crm/hosted/payment-method/${secret}`,
            expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          },
          effects: [{ system: 'crm', business_key: customer.id, customer_id: customer.id }],
        }
      },
    }),
  )
  router.get('/hosted/payment-method/:secret', (_request, response) => {
    response
      .type('html')
      .send(
        '<!doctype html><title>Payment method</title><p>The demo company keeps no cards: nothing to enter here.</p>',
      )
  })
  router.post(
    '/customers/:id/notes',
    json(),
    run({
      name: 'add_note',
      write: true,
      answer: (request) => {
        const customer = getCustomer(store, String(request.params['id']))
        const text = textField(objectBody(request.body), 'text', 5_000)
        const created_at = new Date().toISOString()
        const id = store.run(
          'INSERT INTO customer_notes (customer_id, text, created_at) VALUES (?, ?, ?)',
          customer.id,
          text,
          created_at,
        )
        return {
          status: 201,
          body: { id, customer_id: customer.id, text, created_at },
          effects: [{ system: 'crm', business_key: `note:${id}`, customer_id: customer.id }],
        }
      },
    }),
  )
  return router
}
