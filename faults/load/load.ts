// The load of a run: so many customers at a time, each playing the next conversation of the plan, and the people behind them.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConversationPlan } from '../plan/load-plan.ts'
import type { Agents } from './agents.ts'
import type { Clients, Person } from './clients.ts'
import { talk, type Talked } from './customer.ts'

export interface LoadOptions {
  clients: Clients
  plans: readonly ConversationPlan[]
  personOf: (customer: string) => Person
  agents: Agents
  /** Conversations at a time. */
  atOnce: number
  patience: number
  /** Share of the load (0..1) that may have begun by now: the faults must not be left without work. */
  mayBegin: () => number
  /** The run is over: nobody begins or waits for anything more. */
  over: AbortSignal
  /** Told once the conversation of a plan is known. */
  onConversation: (conversation: string, plan: ConversationPlan) => void
}

export type Load = ReturnType<typeof startLoad>

/** Milliseconds from a message's acceptance until a person takes over: its model call runs. */
const TAKE_OVER_AFTER = 250

export function startLoad(options: LoadOptions) {
  const { clients, plans, personOf, agents, atOnce, patience, mayBegin, onConversation, over } = options
  const talked: Talked[] = []
  const known = new Set<string>()
  let begun = 0

  const onSent = (plan: ConversationPlan) => (conversation: string, at: number) => {
    if (!known.has(conversation)) onConversation(conversation, plan)
    known.add(conversation)
    if (plan.takeOverAt === at) setTimeout(() => agents.takeOver(conversation), TAKE_OVER_AFTER)
  }
  const customer = async (): Promise<void> => {
    for (;;) {
      while (!over.aborted && begun < plans.length && begun >= Math.max(1, mayBegin() * plans.length)) await sleep(50)
      const plan = plans[begun]
      if (!plan || over.aborted) return
      begun += 1
      const person = personOf(plan.customer)
      const played = await talk({ clients, person, plan, patience, over, onSent: onSent(plan) })
      played.stream?.rest()
      talked.push(played)
    }
  }
  const all = Promise.all(Array.from({ length: Math.min(atOnce, plans.length) }, customer))
  return {
    /** Share of the conversations that have begun, 0..1. */
    progress: () => begun / plans.length,
    begun: () => begun,
    /** Conversations that are over. */
    over: () => talked.length,
    /** Resolves when every conversation was played. */
    ended: all.then(() => talked),
  }
}
