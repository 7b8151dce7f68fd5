// The desk's tools on the demo company's real back ends over loopback: plain ports by fetch and soap, a cache in a Map.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClientAsync } from 'soap'
import { z } from 'zod'
import { startSandbox } from '../../../../sandbox/sandbox.ts'
import { electronicsStoreSystems } from '../../../../src/desks/electronics-store/systems/systems.ts'
import type { Systems } from '../../../../src/desks/electronics-store/systems/systems.ts'
import { tools } from '../../../../src/desks/electronics-store/tools/tools.ts'
import type { ToolContext, WriteTool, AnyTool } from '../../../../src/desks/types.ts'
import { OutsideError } from '../../../../src/domain/errors.ts'
import type { Json } from '../../../../src/domain/json.ts'
import type { Cache } from '../../../../src/ports/cache.ts'
import type { Knowledge } from '../../../../src/ports/knowledge.ts'
import type { HttpCall, HttpClient, SoapClient } from '../../../../src/ports/systems.ts'

export type RealSystems = {
  url: string
  systems: Systems
  /** Every HTTP call made, as `GET /orders/12345`. */
  calls: string[]
  cached: Map<string, Json>
  close: () => Promise<void>
}

export async function startRealSystems(knowledge: Knowledge): Promise<RealSystems> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-desk-tools-'))
  const sandbox = await startSandbox({ port: 0, home })
  const calls: string[] = []
  const cached = new Map<string, Json>()
  const cache: Cache = {
    get: async (key) => cached.get(key),
    set: async (key, value) => void cached.set(key, value),
    drop: async (key) => void cached.delete(key),
  }
  const settings = {
    crm: `${sandbox.url}/crm`,
    orders: `${sandbox.url}/orders`,
    billing: `${sandbox.url}/billing?wsdl`,
    ticketing: `${sandbox.url}/ticketing`,
  }
  const systems = electronicsStoreSystems({ http: overFetch(calls), soap: overSoap, cache, knowledge, settings })
  const close = async () => {
    await sandbox.close()
    await rm(home, { recursive: true, force: true })
  }
  return { url: sandbox.url, systems, calls, cached, close }
}

/** A tool of the desk by name. */
export function toolNamed(name: string): AnyTool {
  const tool = tools.find((candidate) => candidate.name === name)
  if (!tool) throw new Error(`no tool ${name}`)
  return tool
}
// oxlint-disable-next-line typescript/no-explicit-any -- as AnyTool
export function writeNamed(name: string): WriteTool<any, Systems> {
  const tool = toolNamed(name)
  if (tool.effect !== 'write') throw new Error(`${name} is no write`)
  return tool
}

export const contextOf = (systems: Systems, customerId: string, key = ''): ToolContext<Systems> => ({
  tenant: 'default',
  desk: 'electronics-store',
  customerId,
  conversationId: 'conv_test',
  systems,
  key,
  approval: null,
  signal: AbortSignal.timeout(30_000),
})

function overFetch(calls: string[]): HttpClient {
  return {
    async call(request: HttpCall) {
      calls.push(`${request.method} ${new URL(request.url).pathname}`)
      const response = await fetch(request.url, {
        method: request.method,
        headers: { 'content-type': 'application/json', ...request.headers },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal: AbortSignal.timeout(request.timeout),
      }).catch((cause: unknown) => {
        throw new OutsideError('BackendError.Unavailable', request.dependency, 'the connection broke', { cause })
      })
      if (!response.ok && !request.accept?.includes(response.status)) {
        throw new OutsideError('BackendError.Unavailable', request.dependency, `status ${response.status}`)
      }
      return { status: response.status, body: parse(await response.text(), request.dependency) }
    },
  }
}

function parse(text: string, dependency: string): Json {
  try {
    return z.json().parse(JSON.parse(text))
  } catch (cause) {
    throw new OutsideError('BackendError.Malformed', dependency, 'not JSON', { cause })
  }
}

const soapFault = z.object({
  root: z.object({
    Envelope: z.object({
      Body: z.object({
        Fault: z.object({ detail: z.object({ BusinessFault: z.object({ code: z.string(), message: z.string() }) }) }),
      }),
    }),
  }),
})

const overSoap: SoapClient = {
  async call({ wsdl, operation, input }) {
    const client = await createClientAsync(wsdl)
    return await new Promise((resolve, reject) => {
      const method: unknown = client[operation]
      if (typeof method !== 'function') throw new Error(`no operation ${operation}`)
      method.call(client, input, (error: unknown, result: unknown) => {
        const fault = soapFault.safeParse(error)
        if (fault.success) resolve({ fault: fault.data.root.Envelope.Body.Fault.detail.BusinessFault })
        else if (error instanceof Error) reject(error)
        else resolve({ result: z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(result))) })
      })
    })
  },
}
