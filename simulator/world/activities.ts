// The product's own activities, bound to a kernel on the simulated store and to back ends and a model of the simulator.
import { asyncLocalStorage, type Context } from '@temporalio/activity'
import type { ActivityDeps, WorkingDesk } from '../../src/activities/deps.ts'
import { createActivities } from '../../src/activities/index.ts'
import { recordedFailure } from '../../src/activities/failures.ts'
import type { Activities } from '../../src/activities/types.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import type { LanguageModel } from '../../src/ports/llm.ts'
import { ApplicationFailure } from '@temporalio/common'
import type { BackEnd } from './back-end.ts'
import { DESK } from './desk.ts'

const silent = () => undefined
const counter = { inc: silent, set: silent, observe: silent }
/** Nobody reads metrics or logs here. */
export const METRICS = new Proxy({}, { get: () => counter }) as unknown as ActivityDeps['metrics']
export const LOGGER = { info: silent, warn: silent, error: silent, debug: silent } as unknown as ActivityDeps['logger']

// Signs of life are the simulator's (world.ts): a real timer would beat in a dead process, and in another episode.
const NEVER = new AbortController().signal
const context = { info: { isLocal: true }, cancellationSignal: NEVER, heartbeat: silent } as unknown as Context

export function bindActivities(kernel: Kernel, model: LanguageModel, backEnd: BackEnd): Activities {
  const working: WorkingDesk = {
    desk: DESK,
    tools: new Map(DESK.tools.map((tool) => [tool.name, tool])),
    specialists: new Map(DESK.specialists.map((specialist) => [specialist.name, specialist])),
    systems: { backEnd },
  }
  const deps: ActivityDeps = {
    kernel,
    desks: new Map([[DESK.name, working]]),
    model,
    models: [
      {
        name: 'simulated',
        providerModel: 'simulated',
        provider: 'simulated',
        role: 'small',
        baseUrl: '',
        apiKey: '',
        price: { input: 1, output: 1 },
        temperature: true,
      },
    ],
    metrics: METRICS,
    logger: LOGGER,
  }
  // A call begun ahead runs beside the steps, where the simulator does not rule; turns taken early are steps of its own.
  const heads = { begin: silent, join: () => null }
  return createActivities(deps, {
    heads,
    turns: { runs: silent, accepted: async () => undefined, overtaken: () => null },
  })
}

export type Outcome = { ok: unknown } | { failed: string | null; forGood: boolean }

/** Runs one attempt as a worker would: what goes wrong is told as the product's frame tells it to the engine. */
export async function attempt(activities: Activities, name: keyof Activities, input: unknown): Promise<Outcome> {
  try {
    const run = activities[name] as (input: unknown) => Promise<unknown>
    return { ok: await asyncLocalStorage.run(context, () => run(input)) }
  } catch (error) {
    const failure = recordedFailure(error)
    if (failure instanceof ApplicationFailure) {
      return { failed: failure.type ?? null, forGood: failure.nonRetryable === true }
    }
    return { failed: null, forGood: true }
  }
}
