// A route is declared once: who may call it, its schemas and its handler. Express, validation and OpenAPI all read this.
import type { Request, Response } from 'express'
import type { ZodObject, ZodType } from 'zod'
import type { Role } from '../domain/conversation.ts'
import { Refusal } from '../domain/errors.ts'
import { looksLikeCard } from './masked.ts'
import type { Principal } from './middleware/authenticate.ts'
import { readBody } from './middleware/read-body.ts'
import { validate } from './middleware/validate.ts'
import { invalid, notFound } from './problem.ts'

export type Call<Q, B> = {
  principal: Principal
  /** A parameter of the path; its form has been checked. */
  param: (name: string) => string
  query: Q
  body: B
  request: Request
  response: Response
  idempotencyKey: string | undefined
}
/** What is sent; null when the handler has written the response itself. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> } | null

type Description = { description: string; schema?: ZodType; type?: string }
type Spec<Q, B> = {
  method: 'get' | 'post'
  /** OpenAPI's form: `/v1/conversations/{conversation_id}`. */
  path: string
  summary: string
  tag: string
  /** Roles add up: an agent's route is also a supervisor's and an admin's. `anyone`: no token is asked for or looked at. */
  allow: readonly Role[] | 'anyone'
  query?: ZodObject & ZodType<Q>
  body?: ZodType<B>
  /** Answers for as long as the client stays. */
  streams?: boolean
  /** An empty body counts as `{}`. */
  bodyOptional?: boolean
  responses: Record<string, Description>
  handle: (call: Call<Q, B>) => Promise<Answer>
}
type RawCall = Pick<Call<unknown, unknown>, 'principal' | 'request' | 'response'>
export type Route = Omit<Spec<unknown, unknown>, 'handle' | 'query' | 'body'> & {
  query?: ZodObject
  body?: ZodType
  run: (raw: RawCall) => Promise<Answer>
}

const IDENTIFIER = /^[A-Za-z0-9_-]{1,64}$/
const IDEMPOTENCY_KEY = /^[\u0021-\u007e]{1,255}$/

export function defineRoute<Q = Record<string, never>, B = undefined>(spec: Spec<Q, B>): Route {
  const { handle, ...declared } = spec
  return {
    ...declared,
    async run({ principal, request, response }) {
      const { allow } = spec
      if (allow !== 'anyone' && !rolesOf(principal).some((role) => allow.includes(role))) {
        throw new Refusal('forbidden', `This is for the role ${allow.join(' or ')}.`)
      }
      const param = (name: string) => identifier(request.params[name])
      Object.keys(request.params).forEach(param)
      const query = spec.query ? validate(spec.query, request.query, 'query') : ({} as Q)
      const body = spec.body ? await readValid(spec.body, request, spec.bodyOptional ?? false) : (undefined as B)
      return handle({ principal, param, query, body, request, response, idempotencyKey: idempotencyKey(request) })
    },
  }
}

async function readValid<B>(schema: ZodType<B>, request: Request, optional: boolean): Promise<B> {
  const body = await readBody(request)
  if (body === undefined && !optional) throw new Refusal('malformed', 'The body is empty; send JSON.')
  return validate(schema, body === undefined ? {} : body, 'body')
}

/** An id that cannot be one names nothing, and never reaches the store. */
function identifier(value: unknown): string {
  if (typeof value === 'string' && IDENTIFIER.test(value)) return value
  throw notFound('resource')
}

function idempotencyKey(request: Request): string | undefined {
  const key = request.get('Idempotency-Key')
  if (key === undefined || (IDEMPOTENCY_KEY.test(key) && !looksLikeCard(key))) return key
  throw invalid('An Idempotency-Key has 1 to 255 printable characters without spaces, and is no card number.')
}

function rolesOf({ role }: Principal): Role[] {
  switch (role) {
    case 'customer':
    case 'agent':
      return [role]
    case 'supervisor':
      return ['agent', 'supervisor']
    case 'admin':
      return ['agent', 'supervisor', 'admin']
  }
}

/** Staff sees every conversation, a customer only their own: what to narrow a read by. */
export const ownerOf = (principal: Principal): string | undefined =>
  principal.role === 'customer' ? principal.id : undefined
