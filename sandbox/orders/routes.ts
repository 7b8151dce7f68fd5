import { Router, json } from 'express'
import { objectBody, optionalText } from '../http/fields.ts'
import { effectLookup } from '../http/idempotency.ts'
import { runOperation } from '../http/operation.ts'
import type { Answer, BackEnd, Operation } from '../http/operation.ts'
import { Refusal } from '../http/refusal.ts'
import { cancelOrder, modifyOrder } from './changes.ts'
import { ordersDocument } from './openapi.ts'
import { getOrder, listOrders } from './orders.ts'
import type { Order } from './orders.ts'
import { openRefund, withdrawRefund } from './refunds.ts'

/** The routes under `/orders`. */
export function orderRoutes(parts: BackEnd, publicUrl: string): Router {
  const { store } = parts
  const router = Router()
  const run = (operation: Omit<Operation, 'system'>) => runOperation(parts, { system: 'orders', ...operation })
  router.use(effectLookup(store, 'orders'))
  router.get('/openapi.json', (_request, response) => {
    response.json(ordersDocument(`${publicUrl}/orders`))
  })
  router.get('/', run({ name: 'list_orders', write: false, answer: (request) => listAnswer(parts, request.query) }))
  router.get(
    '/:number',
    run({
      name: 'get_order',
      write: false,
      answer: (request) => ({ status: 200, body: getOrder(store, String(request.params['number'])) }),
    }),
  )
  router.post(
    '/:number/cancel',
    json(),
    run({
      name: 'cancel_order',
      write: true,
      answer: (request) => {
        const body = request.body === undefined ? {} : objectBody(request.body)
        const asked = { reason: optionalText(body, 'reason', 500), consent: optionalText(body, 'consent', 100) }
        return changed(cancelOrder(store, String(request.params['number']), asked))
      },
    }),
  )
  const modify = run({
    name: 'modify_order',
    write: true,
    answer: (request) => changed(modifyOrder(store, String(request.params['number']), request.body)),
  })
  router.post(
    '/:number/refunds',
    json(),
    run({
      name: 'open_refund',
      write: true,
      answer: (request) => {
        const [number, key] = [String(request.params['number']), request.get('idempotency-key')]
        const { order, amountCents } = openRefund(store, number, key, request.body)
        return changed(order, amountCents)
      },
    }),
  )
  router.post(
    '/:number/refunds/withdraw',
    json(),
    run({
      name: 'withdraw_refund',
      write: true,
      answer: (request) => changed(withdrawRefund(store, String(request.params['number']), request.body)),
    }),
  )
  router.patch('/:number', json(), modify)
  router.post('/:number/modify', json(), modify)
  return router
}

function listAnswer({ store }: BackEnd, query: Record<string, unknown>): Answer {
  const customerId = query['customer_id']
  if (typeof customerId !== 'string') throw new Refusal(422, 'invalid_request', '`customer_id` must be given')
  const limit = Number(query['limit'] ?? 50)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new Refusal(422, 'invalid_request', '`limit` must be 1 to 100')
  }
  const status = query['status']
  return {
    status: 200,
    body: { data: listOrders(store, customerId, { limit, ...(typeof status === 'string' ? { status } : {}) }) },
  }
}

function changed(order: Order, amountCents?: number): Answer {
  const { number, customer_id } = order
  return {
    status: 200,
    body: order,
    effects: [{ system: 'orders', business_key: number, customer_id, amount_cents: amountCents }],
  }
}
