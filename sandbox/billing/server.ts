// Billing as a legacy system would offer it: SOAP 1.1 with a WSDL at /billing?wsdl.
import { readFileSync } from 'node:fs'
import { IncomingMessage } from 'node:http'
import type { Express, NextFunction, Request, Response } from 'express'
import { listen } from 'soap'
import { answerFault } from '../faults/apply.ts'
import { isObject } from '../http/fields.ts'
import type { BackEnd } from '../http/operation.ts'
import { asRefusal } from '../http/problem-handler.ts'
import { soapOperations, toSoapFault } from './operations.ts'

/** Puts the SOAP server on the app; `publicUrl` goes into the WSDL's address. Resolves when the WSDL is read. */
export async function mountBilling(app: Express, parts: BackEnd, publicUrl: string): Promise<void> {
  const wsdl = readFileSync(new URL('billing.wsdl', import.meta.url), 'utf8').replace(
    'http://127.0.0.1:4000/billing',
    `${publicUrl}/billing`,
  )
  app.use('/billing', strikeWithFaults(parts))
  const port: Record<string, (...call: unknown[]) => unknown> = {}
  for (const name of soapOperations.keys()) port[name] = soapMethod(parts, name)
  await new Promise<void>((resolve, reject) => {
    const server = listen(app, {
      path: '/billing',
      services: { BillingService: { BillingPort: port } },
      xml: wsdl,
      suppressStack: true,
      callback: (error: unknown) => (error ? reject(error) : resolve()),
    })
    server.log = () => undefined
  })
}

function soapMethod({ store, faults }: BackEnd, name: string) {
  return (...[args, , , request]: unknown[]): unknown => {
    const operation = soapOperations.get(name)
    if (!operation) throw new Error(`no operation ${name}`)
    let answer: Record<string, unknown>
    try {
      answer = operation.answer(store, isObject(args) ? args : {})
    } catch (error) {
      throw toSoapFault(error)
    }
    if (operation.write && faults.take('billing', name, 'after-effect')) {
      if (request instanceof IncomingMessage) request.socket.destroy()
      return undefined
    }
    return answer
  }
}

/** Faults by the SOAPAction header, before the envelope is read; the WSDL itself never fails. */
function strikeWithFaults(parts: BackEnd) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (request.method !== 'POST') return next()
    const action = (request.get('soapaction') ?? '').replaceAll('"', '')
    const operation = action.slice(action.lastIndexOf('/') + 1)
    const fault = parts.faults.take('billing', operation, 'before')
    if (!fault) return next()
    try {
      if (await answerFault(parts.faults, fault, request, response)) return
    } catch (error) {
      const { status, message } = asRefusal(error)
      response.status(status).type('text/html').send(`<html><body><h1>${status}</h1><p>${message}</p></body></html>`)
      return
    }
    if (fault.kind === 'malformed') cutAnswer(response)
    next()
  }
}

function cutAnswer(response: Response): void {
  const write = response.write.bind(response) as (chunk: unknown) => boolean
  const end = response.end.bind(response) as (chunk?: unknown) => Response
  const half = (chunk: unknown): unknown =>
    typeof chunk === 'string' ? chunk.slice(0, Math.ceil(chunk.length / 2)) : chunk
  response.write = ((chunk: unknown) => write(half(chunk))) as typeof response.write
  response.end = ((chunk?: unknown) => end(half(chunk))) as typeof response.end
}
