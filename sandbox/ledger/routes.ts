import { Router } from 'express'
import type { Store } from '../store/database.ts'
import { Refusal } from '../http/refusal.ts'
import { listLedger } from './ledger.ts'
import type { LedgerFilter } from './ledger.ts'

/** `GET /_ledger?system=&kind=&operation=&customer_id=&after=` -> `{data: rows[]}`, all rows, in order. */
export function ledgerRoutes(store: Store): Router {
  const router = Router()
  router.get('/', (request, response) => {
    const filter: LedgerFilter = {}
    for (const name of ['system', 'kind', 'customer_id', 'operation'] as const) {
      const value = request.query[name]
      if (typeof value === 'string' && value !== '') filter[name] = value
    }
    const after = request.query['after']
    if (after !== undefined) {
      if (typeof after !== 'string' || !/^\d{1,15}$/.test(after)) {
        throw new Refusal(422, 'invalid_request', '`after` must be a seq')
      }
      filter.after = Number(after)
    }
    response.json({ data: listLedger(store, filter) })
  })
  return router
}
