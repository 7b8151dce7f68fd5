// One run of the rig: plan, start everything, load it and break it, heal, wait until all is settled, look, judge.
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPointControl, type PointControl } from '../planted/fault-points/control.ts'
import { PLANTS } from '../planted/index.ts'
import { policy } from '../src/desks/electronics-store/policies.ts'
import { DEFAULT_POLICY } from '../src/domain/policy.ts'
import { LONGEST_TEXT } from '../src/guardrails/text-input.ts'
import { demoToken } from '../src/startup/demo-sign-ins.ts'
import { type Stack, startStack } from '../stack/stack.ts'
import { check } from './checker/index.ts'
import type { Violation } from './checker/violation.ts'
import { collectRows, unsettled } from './collect.ts'
import type { History, Limits, StoreRows } from './history.ts'
import { startAgents } from './load/agents.ts'
import { startApprovers } from './load/approvers.ts'
import { type Clients, createClients, type Person } from './load/clients.ts'
import type { Talked } from './load/customer.ts'
import { type Load, startLoad } from './load/load.ts'
import { createRecorder } from './load/recorder.ts'
import { exactPointFaults, pointFaults } from './nemesis/fault-points.ts'
import { FAULTS, faultsNamed } from './nemesis/faults.ts'
import type { Ground } from './nemesis/ground.ts'
import { startNemesis } from './nemesis/nemesis.ts'
import { belongingsOf } from './plan/customers.ts'
import { planFaults } from './plan/fault-plan.ts'
import { type ConversationPlan, planLoad } from './plan/load-plan.ts'
import { type Report, reportOn } from './report.ts'
import type { RunSize } from './sizes.ts'

export interface RunOptions {
  size: RunSize
  seed: number
  /** Kinds of faults to choose from; all of them when absent. */
  kinds?: readonly string[]
  /** Maintenance database of a PostgreSQL to use; without it, one of our own. */
  postgresUrl?: string
  /** Changes the plan of each conversation, for a run that wants a load of its own. */
  shape?: (plan: ConversationPlan) => ConversationPlan
  /** A bug of planted/ that workers and APIs are given. */
  plant?: string
  /** Folder for the output of workers and APIs. */
  logs?: string
  /** Ends the run early; it then rejects when everything it started has ended. */
  until?: AbortSignal
  /** One line of progress. */
  note?: (line: string) => void
}

export interface RunResult {
  report: Report
  violations: Violation[]
  history: History
}

const AGENTS = ['agent_1', 'agent_2', 'agent_3']
const SUPERVISORS = ['supervisor_1', 'supervisor_2']
const LIMITS: Limits = {
  textLength: LONGEST_TEXT,
  // One of the router beside those of the rounds.
  modelCallsPerTurn: DEFAULT_POLICY.turn.rounds + 1,
  toolCallsPerTurn: DEFAULT_POLICY.turn.rounds * DEFAULT_POLICY.turn.toolCallsPerReply,
  costPerConversation: DEFAULT_POLICY.budgetUsd,
  turn: DEFAULT_POLICY.turn.deadline,
  consent: {
    freeUpTo: {
      RefundPayment: policy.approvals.freeUpTo['refund']?.cents ?? 0,
      ApplyCredit: policy.approvals.freeUpTo['credit']?.cents ?? 0,
    },
    dailyCents: policy.approvals.dailyCents,
    steps: [...policy.approvals.steps],
  },
}
const STREAM_PATIENCE = 10_000

const PLANT_HOOK = resolve(import.meta.dirname, '../planted/plant.ts')
const POINT_HOOK = resolve(import.meta.dirname, '../planted/fault-points/hook.ts')
const POINT_KINDS = new Set([...pointFaults, ...exactPointFaults].map(({ kind }) => kind))

/** The name, when there is such a bug: without it every process would end at its start. */
function plantNamed(name: string): string {
  const names = PLANTS.map((plant) => plant.name)
  if (!names.includes(name)) throw new Error(`There is no planted bug "${name}". Known: ${names.join(', ')}.`)
  return name
}

/** Rejects only when the parts cannot be had or the rig itself fails: what the product does wrong stands in the result. */
export async function runFaults(options: RunOptions): Promise<RunResult> {
  const { size, seed, until, note = () => undefined } = options
  const plans = planLoad(seed, size).map(options.shape ?? ((plan) => plan))
  const faults = options.kinds ? faultsNamed(options.kinds) : FAULTS
  const faultPlan = planFaults(seed, size.faults, faults)
  note(`seed ${seed}: ${plans.length} conversations of ${size.messages} messages, ${faultPlan.length} faults`)
  const points = faultPlan.some(({ kind }) => POINT_KINDS.has(kind)) ? await createPointControl() : null
  const stack = await startBroken(options, points)
  const over = new AbortController()
  try {
    const work = breakAndLook({ stack, points }, { size, seed, plans, faults, faultPlan, note, over: over.signal })
    const history = await (until ? Promise.race([work, stopped(until)]) : work)
    const violations = check(history)
    return { history, violations, report: reportOn(history, faultPlan.length, violations) }
  } finally {
    over.abort()
    await stack.close()
    await points?.close()
  }
}

/** Everything, with the planted bug and the fault points in workers and APIs that this run asks for. */
async function startBroken(
  { plant, postgresUrl, logs, note }: RunOptions,
  points: PointControl | null,
): Promise<Stack> {
  const env = {
    ...(plant === undefined ? {} : { PLANT: plantNamed(plant) }),
    ...(points ? { FAULT_POINTS: points.folder } : {}),
  }
  const imports = [...(plant === undefined ? [] : [PLANT_HOOK]), ...(points ? [POINT_HOOK] : [])]
  return startStack({
    env,
    imports,
    ...(logs === undefined ? {} : { logs }),
    ...(note ? { note } : {}),
    ...(postgresUrl === undefined ? {} : { postgresUrl }),
  })
}

interface Planned {
  size: RunSize
  seed: number
  plans: ConversationPlan[]
  faults: typeof FAULTS
  faultPlan: ReturnType<typeof planFaults>
  note: (line: string) => void
  /** Aborts when the run is over, however it ended. */
  over: AbortSignal
}

async function breakAndLook(ground: Ground, planned: Planned): Promise<History> {
  const { size, seed, plans, faults, faultPlan, note, over } = planned
  const { stack } = ground
  await stack.sandbox.model(size.model)
  const people = await signIn(stack, [...new Set(plans.map(({ customer }) => customer))])
  const recorder = createRecorder()
  const clients = createClients(
    recorder,
    stack.apis.map(({ url }) => url),
  )
  const planOf = new Map<string, ConversationPlan>()
  const startedAt = Date.now()
  note('everything runs; the load begins')
  const agents = startAgents({
    clients,
    sandbox: stack.sandbox,
    agents: AGENTS.map((id) => personIn(people, id)),
    planOf: (conversation) => planOf.get(conversation),
    over,
  })
  const approvers = startApprovers({
    clients,
    agents: AGENTS.map((id) => personIn(people, id)),
    supervisors: SUPERVISORS.map((id) => personIn(people, id)),
    planOf: (conversation) => planOf.get(conversation),
    over,
  })
  let loadIsOver = false
  let load: Load | undefined
  const nemesis = startNemesis({
    ground,
    patience: size.patience,
    plan: faultPlan,
    faults,
    progress: () => load?.progress() ?? 0,
    loadIsOver: () => loadIsOver,
    over,
    note: (record) => {
      const { kind, target, hit, inFlight, startedAt: struckAt, healedAt } = record
      const done = `fault ${nemesis.records.length} of ${faultPlan.length}`
      note(
        `${clock(Date.now() - startedAt)} ${done}: ${kind} (${target}), ${healedAt - struckAt} ms, ${inFlight} in flight${hit ? '' : ', MISSED'}; ${load?.over() ?? 0} conversations over`,
      )
    },
  })
  load = startLoad({
    clients,
    plans,
    agents,
    atOnce: size.atOnce,
    over,
    patience: size.patience,
    personOf: (customer) => personIn(people, customer),
    mayBegin: () => nemesis.mayBegin(),
    onConversation: (conversation, plan) => void planOf.set(conversation, plan),
  })
  const loaded = load.ended.then((talked) => {
    loadIsOver = true
    return talked
  })
  const [talked] = await Promise.all([loaded, nemesis.ended])
  note(`${clock(Date.now() - startedAt)} load and faults are over; waiting until everything is settled`)
  await stack.sandbox.heal()
  await atRest(stack, size.patience)
  await Promise.all([agents.stop(), approvers.stop()])
  await atRest(stack, size.patience)
  const stuck = await stuckConversations(clients, personIn(people, AGENTS[0] ?? ''))
  const seen = await collectRows(stack.db, stuck)
  await finishStreams(talked, seen)
  note(`${clock(Date.now() - startedAt)} settled; looking`)
  return {
    seed,
    startedAt,
    endedAt: Date.now(),
    limits: LIMITS,
    operations: recorder.operations,
    streams: recorder.streams,
    faults: nemesis.records.toSorted((a, b) => a.startedAt - b.startedAt),
    store: await collectRows(stack.db, stuck),
    ledger: await stack.sandbox.ledger(),
    belongings: belongingsOf(new Set(plans.map(({ customer }) => customer))),
  }
}

/** Before any fault: the issuer is part of the sandbox, and a customer who cannot sign in proves nothing. */
async function signIn({ sandbox }: Stack, customers: string[]): Promise<Map<string, Person>> {
  const issuer = `${sandbox.url}/oidc`
  const people = new Map<string, Person>()
  const sign = async (role: 'customer' | 'agent' | 'supervisor', id: string) =>
    void people.set(id, { id, token: await demoToken(issuer, { role, sub: id }) })
  for (let at = 0; at < customers.length; at += 10) {
    await Promise.all(customers.slice(at, at + 10).map((id) => sign('customer', id)))
  }
  await Promise.all([...AGENTS.map((id) => sign('agent', id)), ...SUPERVISORS.map((id) => sign('supervisor', id))])
  return people
}

function personIn(people: Map<string, Person>, id: string): Person {
  const person = people.get(id)
  if (!person) throw new Error(`${id} did not sign in`)
  return person
}

/** Resolves when nothing waits to happen by itself, or patience is over: what waits then, the checker will name. */
async function atRest({ db }: Stack, patience: number): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(500)) {
    // A connection that was cut while it rested fails once.
    const waiting = await unsettled(db).catch(() => null)
    if (waiting && Object.values(waiting).every((count) => count === 0)) return
  }
}

/** Kinds of alerts that say: nothing goes on here. The others say that a person is needed. */
const STUCK = ['message_overdue', 'not_taken_up', 'turn_stuck', 'effect_unsettled']

async function stuckConversations(clients: Clients, agent: Person): Promise<string[]> {
  type Alert = { kind: string; conversation_id: string }
  const alerts = (await clients.list<Alert>(agent, 0, '/alerts?limit=100')) ?? []
  return [...new Set(alerts.filter(({ kind }) => STUCK.includes(kind)).map(({ conversation_id }) => conversation_id))]
}

/** Every client of a stream comes back once more and reads to the end. */
async function finishStreams(talked: readonly Talked[], { events }: StoreRows): Promise<void> {
  const last = new Map<string, number>()
  for (const { conversation_id, seq, audience } of events) if (audience !== 'agents') last.set(conversation_id, seq)
  const open = talked.flatMap(({ stream, conversation }) => (stream && conversation ? { stream, conversation } : []))
  for (let at = 0; at < open.length; at += 20) {
    const some = open.slice(at, at + 20)
    await Promise.all(some.map((each) => each.stream.finish(last.get(each.conversation) ?? 0, STREAM_PATIENCE)))
  }
}

async function stopped(until: AbortSignal): Promise<never> {
  if (!until.aborted) await new Promise((resolve) => until.addEventListener('abort', resolve, { once: true }))
  throw new Error('The run was stopped.')
}

function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
