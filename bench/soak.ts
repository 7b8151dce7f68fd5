// A long steady load with a fault a minute: are all minutes good ones, and does memory stay where it is?
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineName } from './engine-names.ts'
import { describeMachine } from './machine.ts'
import { insist, type Outcome } from './patient-customer.ts'
import { percentile, rounded } from './percentiles.ts'
import { memoryOf, readProcessTable } from './process-table.ts'
import type { Machine } from './results.ts'
import { slope } from './slope.ts'
import { doubledAnswers } from './doubled-answers.ts'
import { SOAK_FAULTS } from './soak-faults.ts'
import { startSystem, type System } from './system.ts'
import { shortQuestion, TURNS_PER_CONVERSATION } from './the-turn.ts'

/** One minute of the soak: what was sent in it, and how that ended. Good: nothing lost, failed or doubled, and p95 in bounds. */
export type Minute = {
  minute: number
  fault: string
  sent: number
  lost: number
  failed: number
  handed_off: number
  doubled: number
  p95_ms: number
  good: boolean
}

export type Soak = {
  machine: Machine
  engine: EngineName
  messages_per_s: number
  p95_bound_ms: number
  minutes: Minute[]
  good_minutes: number
  /** Of each part, over the whole soak; a part that was killed began anew. */
  memory_mb_per_hour: Record<string, number>
  memory_mb: Record<string, number>
}

export type SoakPlan = { minutes: number; rate: number; customers: number; workers: number; apis: number }

export const SOAK: Omit<SoakPlan, 'minutes' | 'rate'> = { customers: 300, workers: 2, apis: 2 }

const MINUTE = 60_000
/** Recovery from a kill takes about five seconds; a soak on a busy machine needs some air. */
const P95_BOUND = 10_000
const FAULT_AFTER = 15_000
const LOST_AFTER = 180_000
const MEMORY_EVERY = 10_000
const MODEL_MS = 50

/** A customer of the soak, and the conversation they are in. */
type Talker = { shopper: System['shoppers'][number]; conversation: string | null; said: number; busy: boolean }
type Sent = Outcome & { id: string; minute: number }

export async function soak(request: {
  engine: EngineName
  plan: SoakPlan
  note: (line: string) => void
}): Promise<Soak> {
  const { engine, plan, note } = request
  const machine = describeMachine()
  const { customers, workers, apis } = plan
  const pairs = Math.ceil((plan.minutes * 60 * plan.rate) / customers) + TURNS_PER_CONVERSATION
  const system = await startSystem({ engine, customers, pairs, workers, apis, note })
  try {
    await system.stack.sandbox.model({ latency_ms: MODEL_MS, tokens_per_second: 0 })
    await Promise.all(system.shoppers.map(({ customer }) => system.token(customer)))
    const began = Date.now()
    const over = began + plan.minutes * MINUTE
    const ended = new AbortController()
    const memory = watchMemory(system, ended.signal)
    const faults = strikeEveryMinute(system, began, over, note)
    const sent = await send(system, plan, began, over)
    await faults
    ended.abort()
    const samples = await memory
    const doubled = await doubledAnswers(system.stack.db)
    const minutes = Array.from({ length: plan.minutes }, (_, minute) => judge(minute, sent, doubled))
    return {
      machine,
      engine,
      messages_per_s: plan.rate,
      p95_bound_ms: P95_BOUND,
      minutes,
      good_minutes: minutes.filter(({ good }) => good).length,
      memory_mb_per_hour: slopesOf(samples),
      memory_mb: samples.at(-1)?.memory ?? {},
    }
  } finally {
    await system.close()
  }
}

/** Messages at random moments; a customer who waits for an answer sends nothing. Resolves when all have their outcome. */
async function send(system: System, plan: SoakPlan, began: number, over: number): Promise<Sent[]> {
  const name = randomBytes(4).toString('hex')
  const talkers: Talker[] = system.shoppers.map((shopper) => ({ shopper, conversation: null, said: 0, busy: false }))
  const sent: Sent[] = []
  const underWay = new Set<Promise<void>>()
  for (let next = Date.now(), index = 0; next < over; index++) {
    next += (-Math.log(1 - Math.random()) / plan.rate) * 1000
    await sleep(Math.max(0, next - Date.now()))
    const talker = talkers.filter(({ busy }) => !busy).at(index % 7) ?? talkers.find(({ busy }) => !busy)
    if (!talker) continue
    const minute = Math.min(plan.minutes - 1, Math.floor((Date.now() - began) / MINUTE))
    const one = say(system, talker, `soak-${name}-${index}`)
      .then((outcome) => void sent.push({ ...outcome, id: `soak-${name}-${index}`, minute }))
      .finally(() => underWay.delete(one))
    underWay.add(one)
  }
  await Promise.all(underWay)
  return sent
}

async function say(system: System, talker: Talker, id: string): Promise<Outcome> {
  talker.busy = true
  const { shopper } = talker
  const outcome = await insist({
    urls: system.stack.apis.map(({ url }) => url),
    token: await system.token(shopper.customer),
    post: system.post,
    conversation: talker.conversation,
    id,
    text: shortQuestion(shopper.nextPair()[0]),
    patience: LOST_AFTER,
  })
  talker.said += 1
  // A conversation that a person has now, or that had its turns, is left; the next message begins another.
  const goesOn = outcome.status === 'answered' && talker.said % TURNS_PER_CONVERSATION !== 0
  talker.conversation = goesOn ? outcome.conversation : null
  talker.busy = false
  return outcome
}

async function strikeEveryMinute(
  system: System,
  began: number,
  over: number,
  note: (line: string) => void,
): Promise<void> {
  for (let minute = 0; ; minute++) {
    const at = began + minute * MINUTE + FAULT_AFTER
    if (at >= over) return
    await sleep(Math.max(0, at - Date.now()))
    const fault = faultOf(minute)
    note(`minute ${minute + 1}: ${fault?.name ?? ''}`)
    await fault?.strike(system, Math.floor(minute / SOAK_FAULTS.length))
  }
}

const faultOf = (minute: number) => SOAK_FAULTS[minute % SOAK_FAULTS.length]

function judge(minute: number, all: Sent[], doubled: ReadonlySet<string>): Minute {
  const sent = all.filter((each) => each.minute === minute)
  const count = (status: Outcome['status']) => sent.filter((each) => each.status === status).length
  const figures = {
    minute: minute + 1,
    fault: faultOf(minute)?.name ?? '',
    sent: sent.length,
    lost: count('lost'),
    failed: count('failed'),
    handed_off: count('handed_off'),
    doubled: sent.filter(({ id }) => doubled.has(id)).length,
    p95_ms: Math.round(
      percentile(
        sent.map(({ ms }) => ms),
        0.95,
      ),
    ),
  }
  // A handoff is an outcome, but not the answer: an order that cannot be read may end with a person.
  return {
    ...figures,
    good: sent.length > 0 && figures.lost + figures.failed + figures.doubled === 0 && figures.p95_ms <= P95_BOUND,
  }
}

type Sample = { at: number; memory: Record<string, number> }

async function watchMemory(system: System, ended: AbortSignal): Promise<Sample[]> {
  const samples: Sample[] = []
  while (!ended.aborted) {
    samples.push({ at: Date.now(), memory: await memoryOf(await readProcessTable(), system.parts()) })
    await sleep(MEMORY_EVERY, undefined, { signal: ended }).catch(() => undefined)
  }
  return samples
}

const HOUR = 3_600_000

function slopesOf(samples: Sample[]): Record<string, number> {
  const parts = Object.keys(samples[0]?.memory ?? {})
  return Object.fromEntries(
    parts.map((part) => {
      const points = samples.map(({ at, memory }) => ({ at: at / HOUR, value: memory[part] ?? 0 }))
      return [part, rounded(slope(points), 1)]
    }),
  )
}
