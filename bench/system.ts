// Everything under measurement: everdesk as separate processes on parts of their own, the shop's customers, and the floor beside it.
import { createSignIns } from '../scripts/client/sign-in.ts'
import { killAllProcesses, startProcess } from '../stack/process.ts'
import { startStack, type Stack } from '../stack/stack.ts'
import type { EngineName } from './engine-names.ts'
import { type Engine, startEngine } from './engines.ts'
import { createHttp, type Post } from './http.ts'
import { followLedger } from './ledger.ts'
import type { Parts } from './process-table.ts'
import { openShop, type Shopper } from './shop.ts'
import { createTarget, type Target } from './target.ts'

export type System = {
  engine: Engine
  stack: Stack
  /** URL of the sandbox: model, back ends, issuer. */
  sandbox: string
  everdesk: Target
  floor: Target
  floorUrl: string
  post: Post
  token: (customer: string) => Promise<string>
  shoppers: Shopper[]
  /** Chat calls that the sandbox has seen since it was last asked. */
  modelCalls: () => Promise<number>
  /** Everything but the load generator and the floor. */
  parts: () => Parts
  floorParts: () => Parts
  close: () => Promise<void>
}

export type SystemRequest = {
  engine: EngineName
  workers?: number
  apis?: number
  customers: number
  /** Pairs of orders for each customer: turns that meet no cached order. */
  pairs: number
  env?: Record<string, string>
  note: (line: string) => void
}

const starting = new Set<Promise<System>>()

/** Ends every system of this process, also one that is being started: an interrupt leaves nothing behind. */
export async function closeSystems(): Promise<void> {
  const started = await Promise.allSettled(starting)
  const systems = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  await Promise.all(systems.map((system) => system.close()))
  await killAllProcesses()
}

/** Starts it all; what did start is ended when something does not. */
export function startSystem(request: SystemRequest): Promise<System> {
  const started = start(request)
  starting.add(started)
  return started
}

async function start(request: SystemRequest): Promise<System> {
  const { note, workers = 1, apis = 1 } = request
  const closing: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    note(`Starting Temporal (${request.engine}) ...`)
    const engine = await startEngine(request.engine, note)
    closing.push(() => engine.close())
    note('Starting PostgreSQL, Redis, sandbox, worker and API ...')
    const { address, namespace } = engine
    const stack = await startStack({
      workers,
      apis,
      lines: false,
      temporal: { address, namespace },
      env: request.env ?? {},
    })
    closing.push(() => stack.close())
    const sandbox = stack.sandbox.url
    const floorProcess = await startProcess({ args: ['bench/floor.ts', sandbox], ready: /floor: http\S+/ })
    closing.push(() => floorProcess.kill('SIGKILL'))
    const floorUrl = (await floorProcess.waitFor(/floor: (http\S+)/))[1] ?? ''
    const shoppers = openShop(stack.home, request)
    const signIns = createSignIns(`${sandbox}/oidc`)
    const token = (customer: string) => signIns({ role: 'customer', sub: customer }, false)
    const http = createHttp()
    closing.push(async () => http.close())
    const { post } = http
    return {
      engine,
      stack,
      sandbox,
      everdesk: createTarget({ urls: stack.apis.map(({ url }) => url), token, post }),
      floor: createTarget({ urls: [floorUrl], token: async () => 'none', post }),
      floorUrl,
      post,
      token,
      shoppers,
      modelCalls: await followLedger(sandbox),
      parts: () => ({
        api: stack.apis.map((slot) => slot.process().pid),
        worker: stack.workers.map((slot) => slot.process().pid),
        ...engine.parts(),
        postgres: [stack.postgres.server?.pid() ?? 0],
        redis: [stack.redis?.pid() ?? 0],
        sandbox: [stack.sandboxProcess.pid],
      }),
      floorParts: () => ({ floor: [floorProcess.pid], sandbox: [stack.sandboxProcess.pid] }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
