import { Router, json } from 'express'
import { integerField, objectBody, optionalText } from '../http/fields.ts'
import { Refusal } from '../http/refusal.ts'
import { faultKinds, faultTargets } from './fault-desk.ts'
import type { FaultDesk, FaultOrder } from './fault-desk.ts'

const fields = new Set(['target', 'kind', 'operation', 'rate', 'count', 'delay_ms'])

/** `POST /_faults` -> 201 the fault; `GET /_faults` -> `{data: Fault[]}`; `DELETE /_faults` -> 204, heals. */
export function faultRoutes(desk: FaultDesk): Router {
  const router = Router()
  router.post('/', json(), (request, response) => {
    response.status(201).json(desk.set(readFaultOrder(request.body)))
  })
  router.get('/', (_request, response) => {
    response.json({ data: desk.list() })
  })
  router.delete('/', (_request, response) => {
    desk.heal()
    response.status(204).end()
  })
  return router
}

/** A checked order; anything unknown is 422. */
function readFaultOrder(value: unknown): FaultOrder {
  const body = objectBody(value)
  const unknown = Object.keys(body).find((name) => !fields.has(name))
  if (unknown !== undefined) throw new Refusal(422, 'invalid_request', `unknown field \`${unknown}\``)
  const order: FaultOrder = {
    target: oneOf(body['target'], faultTargets, 'target'),
    kind: oneOf(body['kind'], faultKinds, 'kind'),
  }
  const operation = optionalText(body, 'operation', 100)
  if (operation !== undefined) order.operation = operation
  if (body['rate'] !== undefined) order.rate = rate(body['rate'])
  if (body['count'] !== undefined) order.count = integerField(body, 'count', 1, 1_000_000)
  if (body['delay_ms'] !== undefined) order.delay_ms = integerField(body, 'delay_ms', 0, 600_000)
  if (order.rate !== undefined && order.count !== undefined) {
    throw new Refusal(422, 'invalid_request', 'give `rate` or `count`, not both')
  }
  if (order.kind === 'drop-after-effect' && order.target === 'model') {
    throw new Refusal(422, 'invalid_request', 'drop-after-effect is for writes; a model call has no effect')
  }
  return order
}

function rate(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  throw new Refusal(422, 'invalid_request', '`rate` must be a number from 0 to 1')
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], name: string): T {
  const found = allowed.find((candidate) => candidate === value)
  if (found === undefined) {
    throw new Refusal(422, 'invalid_request', `\`${name}\` must be one of ${allowed.join(', ')}`)
  }
  return found
}
