// How every REST operation of a back end runs: faults, then idempotency, effect and ledger row in one transaction, then the answer.
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { answerFault } from '../faults/apply.ts'
import type { FaultDesk, FaultTarget } from '../faults/fault-desk.ts'
import { appendLedger } from '../ledger/ledger.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { Store } from '../store/database.ts'
import { asRefusal } from './problem-handler.ts'
import { Refusal } from './refusal.ts'
import { recallAnswer, rememberAnswer } from './idempotency.ts'

/** What the runner needs from the process. */
export interface BackEnd {
  store: Store
  faults: FaultDesk
}

/** What an operation answers; `effects` are written to the ledger in the same transaction. */
export interface Answer {
  status: number
  body: unknown
  effects?: Omit<LedgerEntry, 'kind' | 'operation' | 'idempotency_key'>[]
}

/** One operation of a back end; `answer` is synchronous, for it runs inside a transaction, and throws Refusal. */
export interface Operation {
  system: Exclude<FaultTarget, 'model'>
  name: string
  write: boolean
  answer(request: Request): Answer
}

/** The express handler of an operation. */
export function runOperation(parts: BackEnd, operation: Operation): RequestHandler {
  return async (request, response) => {
    const fault = parts.faults.take(operation.system, operation.name, 'before')
    if (fault && (await answerFault(parts.faults, fault, request, response))) return
    const { status, body, took } = operation.write ? write(parts, operation, request) : read(operation, request)
    if (took && parts.faults.take(operation.system, operation.name, 'after-effect')) {
      request.socket.destroy()
      return
    }
    send(response, status, JSON.stringify(body), fault?.kind === 'malformed')
  }
}

interface Outcome {
  status: number
  body: unknown
  /** True when the effect stands, now or by an earlier call with the same key. */
  took: boolean
}

function read(operation: Operation, request: Request): Outcome {
  const { status, body } = operation.answer(request)
  return { status, body, took: false }
}

function write({ store }: BackEnd, operation: Operation, request: Request): Outcome {
  const key = request.get('idempotency-key')
  if (key !== undefined && (key === '' || key.length > 255)) {
    throw new Refusal(422, 'invalid_request', 'Idempotency-Key must have 1 to 255 characters')
  }
  return store.transaction(() => {
    const digest = createHash('sha256')
      .update(JSON.stringify([operation.name, request.path, request.body ?? null]))
      .digest('hex')
    const earlier = key === undefined ? undefined : recallAnswer(store, operation.system, key, digest)
    if (earlier) return { ...earlier, took: earlier.status < 300 }
    const { status, body, effects = [] } = answerOrRefuse(store, operation, request)
    for (const effect of effects) {
      appendLedger(store, { ...effect, kind: 'effect', operation: operation.name, idempotency_key: key })
    }
    if (key !== undefined) {
      rememberAnswer(store, { system: operation.system, key, operation: operation.name, digest, status, body })
    }
    return { status, body, took: effects.length > 0 }
  })
}

/** A business refusal (409) is an outcome that is remembered under the key; other refusals are not. */
function answerOrRefuse(store: Store, operation: Operation, request: Request): Answer {
  try {
    return store.transaction(() => operation.answer(request))
  } catch (error) {
    const refusal = asRefusal(error)
    if (refusal.status !== 409) throw error
    return { status: 409, body: refusal.toProblem() }
  }
}

function send(response: Response, status: number, text: string, broken: boolean): void {
  response
    .status(broken ? 200 : status)
    .type(status >= 400 && !broken ? 'application/problem+json' : 'application/json')
    .send(broken ? text.slice(0, Math.ceil(text.length / 2)) : text)
}
