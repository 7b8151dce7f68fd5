import { listen as listenSoap } from 'soap'
import { afterEach, describe, expect, test } from 'vitest'
import { createSoapClient } from '../../src/adapters/soap-client.ts'
import type { SoapCall } from '../../src/ports/systems.ts'
import { caught } from '../support/caught.ts'
import type { Answer, Loopback } from '../support/loopback.ts'
import { listen, startLoopback } from '../support/loopback.ts'

const open: Loopback[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const wsdl = (location: string): string => `<?xml version="1.0"?>
<definitions name="Billing" targetNamespace="urn:billing" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="urn:billing"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <types><xsd:schema targetNamespace="urn:billing" elementFormDefault="qualified">
    <xsd:element name="GetInvoiceRequest"><xsd:complexType><xsd:sequence><xsd:element name="id" type="xsd:string"/></xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="GetInvoiceResponse"><xsd:complexType><xsd:sequence>
      <xsd:element name="cents" type="xsd:int"/><xsd:element name="due" type="xsd:dateTime"/><xsd:element name="note" type="xsd:string" nillable="true"/>
    </xsd:sequence></xsd:complexType></xsd:element>
  </xsd:schema></types>
  <message name="In"><part name="parameters" element="tns:GetInvoiceRequest"/></message>
  <message name="Out"><part name="parameters" element="tns:GetInvoiceResponse"/></message>
  <portType name="Port"><operation name="GetInvoice"><input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="Binding" type="tns:Port"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="GetInvoice"><soap:operation soapAction="urn:GetInvoice"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
  </binding>
  <service name="Billing"><port name="Port" binding="tns:Binding"><soap:address location="${location}"/></port></service>
</definitions>`

const fault = (code: string, detail?: object) => ({
  Fault: { faultcode: code, faultstring: 'It went wrong', ...(detail ? { detail } : {}) },
})

/** The real server of the `soap` library. */
async function billing(): Promise<Loopback> {
  const server = await listen([])
  open.push(server)
  const operation = ({ id }: { id: string }): object => {
    if (id === 'locked')
      throw fault('soap:Server', { BillingFault: { code: 'LOCKED', message: 'The account is locked' } })
    if (id === 'plain') throw fault('soap:Server')
    if (id === 'client') throw fault('soap:Client')
    return { cents: 1299, due: '2026-11-30T00:00:00Z', note: `Invoice ${id} & <more>` }
  }
  listenSoap(server.server, '/billing', { Billing: { Port: { GetInvoice: operation } } }, wsdl(`${server.url}/billing`))
  return server
}
/** Serves the description, and answers calls as the test says. */
async function broken(answer: Answer, description = wsdl): Promise<Loopback> {
  const server: Loopback = await startLoopback((request, response, raw) => {
    if (request.method === 'GET') response.end(description(`${server.url}/billing`))
    else answer(request, response, raw)
  })
  open.push(server)
  return server
}
const request = (server: Loopback, more: Partial<SoapCall> = {}): SoapCall => ({
  dependency: 'billing',
  wsdl: `${server.url}/billing?wsdl`,
  operation: 'GetInvoice',
  input: { id: 'inv-1' },
  timeout: 2000,
  ...more,
})
const call = (server: Loopback, more: Partial<SoapCall> = {}): Promise<unknown> =>
  createSoapClient({ wsdls: [`${server.url}/billing?wsdl`] }).call(request(server, more))
const failure = (type: string, ambiguous: boolean, retryAfter?: number) => ({
  type: `BackendError.${type}`,
  dependency: 'billing',
  ambiguous,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

describe('an answer', () => {
  test('is plain JSON', async () => {
    expect(await call(await billing(), { input: { id: 'a&b<c>' } })).toEqual({
      result: { cents: 1299, due: '2026-11-30T00:00:00.000Z', note: 'Invoice a&b<c> & <more>' },
    })
  })

  test('may be the business saying no', async () => {
    expect(await call(await billing(), { input: { id: 'locked' } })).toEqual({
      fault: { code: 'LOCKED', message: 'The account is locked' },
    })
  })

  test('costs one reading of the description for many calls at once', async () => {
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetInvoiceResponse xmlns="urn:billing"><cents>1</cents></GetInvoiceResponse></s:Body></s:Envelope>`
    const server = await broken((_, response) => response.end(body))
    const client = createSoapClient({ wsdls: [`${server.url}/billing?wsdl`] })
    const answers = await Promise.all([1, 2, 3].map(() => client.call(request(server))))
    expect(answers).toEqual([{ result: { cents: 1 } }, { result: { cents: 1 } }, { result: { cents: 1 } }])
    expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
  })
})

describe('a failure', () => {
  test('is a fault without a code of the business', async () => {
    const server = await billing()
    expect(await caught(call(server, { input: { id: 'plain' } }))).toEqual(failure('Unavailable', true))
    expect(await caught(call(server, { input: { id: 'client' } }))).toEqual(failure('Refused', false))
  })

  test.each([
    ['429', 429, '', failure('RateLimited', false, 1000)],
    ['500 without a fault', 500, 'oops', failure('Unavailable', true)],
    ['404', 404, '<html></html>', failure('Refused', false)],
    ['200 with a page', 200, '<html></html>', failure('Malformed', true)],
    ['200 with nothing', 200, '', failure('Malformed', true)],
    [
      'half an envelope',
      200,
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a>',
      failure('Malformed', true),
    ],
    [
      'an envelope without a body',
      200,
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"></s:Envelope>',
      failure('Malformed', true),
    ],
    [
      'an empty body',
      200,
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
      failure('Malformed', true),
    ],
    [
      'another answer',
      200,
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Other/></s:Body></s:Envelope>',
      failure('Malformed', true),
    ],
  ])('is %s', async (_, status, body, expected) => {
    const server = await broken((_request, response) => response.writeHead(status, { 'retry-after': '1' }).end(body))
    const got = await caught(call(server))
    expect(got).toEqual(status === 500 ? { ...expected, retryAfter: 1000 } : expected)
  })

  test('after sending may have had its effect, and silence ends in time', async () => {
    const dropped = await broken((_, __, raw) => raw.socket.destroy())
    expect(await caught(call(dropped))).toEqual(failure('Unavailable', true))
    const silent = await broken(() => undefined)
    expect(await caught(call(silent, { timeout: 200 }))).toEqual(failure('Timeout', true))
  })

  test('by the caller’s wish is the caller’s own reason', async () => {
    const silent = await broken(() => undefined)
    const controller = new AbortController()
    const reason = new Error('taken over')
    const calling = caught(call(silent, { signal: controller.signal }))
    setTimeout(() => controller.abort(reason), 50)
    expect(await calling).toBe(reason)
    expect(await caught(call(silent, { signal: controller.signal }))).toBe(reason)
  })

  test('to read the description is unambiguous, and the next call reads it again', async () => {
    let up = false
    const server = await startLoopback((received, response) => {
      if (!up) response.writeHead(503).end()
      else if (received.method === 'GET') response.end(wsdl(`${server.url}/billing`))
      else response.writeHead(429).end()
    })
    open.push(server)
    const client = createSoapClient({ wsdls: [`${server.url}/billing?wsdl`] })
    expect(await caught(client.call(request(server)))).toEqual(failure('Unavailable', false))
    up = true
    expect(await caught(client.call(request(server)))).toEqual(failure('RateLimited', false))
  })

  test.each(['not xml at all', '<definitions', '<html><body/></html>'])(
    'is a description that says "%s"',
    async (text) => {
      const server = await broken(
        () => undefined,
        () => text,
      )
      expect(await caught(call(server))).toMatchObject({ dependency: 'billing', ambiguous: false })
    },
  )

  test('is a description that does not come in time', async () => {
    const server = await startLoopback(() => undefined)
    open.push(server)
    expect(await caught(call(server, { timeout: 100 }))).toEqual(failure('Timeout', false))
  })

  test('is an address that is not on the list, or an operation that is not in the description', async () => {
    const server = await billing()
    expect(await caught(call(server, { wsdl: 'http://127.0.0.1:1/?wsdl' }))).toEqual(failure('Refused', false))
    expect(await caught(call(server, { operation: 'constructor' }))).toEqual(failure('Refused', false))
  })
})
