// One conversation as one durable workflow: handlers note what was heard, one loop asks the store what is next and does it.
// The run carries nothing of the conversation: start, reopen, continue-as-new and a lost engine are the same path.
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities, OperatorCommand, Next } from '../activities/types.ts'
import { activityFailed, failureType } from './activity-failed.ts'
import { LOCAL, REGULAR } from './activity-options.ts'
import { type Heard, listen } from './bells.ts'
import { conversationQuery, type ConversationInput, timelineQuery } from './messages.ts'
import { createStanding } from './standing.ts'
import { runTurn, type Turn, type TurnEnded } from './turn.ts'
import { createWakeTimer } from './wake-timer.ts'

const local = proxyLocalActivities<Activities>(LOCAL.takeNext)
const regular = proxyActivities<Activities>(REGULAR.summarise)

export async function conversationWorkflow(input: ConversationInput): Promise<void> {
  const { conversationId } = input
  const heard = listen()
  const standing = createStanding(input)
  setHandler(conversationQuery, standing.view)
  setHandler(timelineQuery, standing.timeline)
  const timer = createWakeTimer()
  const beside = new Set<Promise<void>>()
  /** What the store said with the last word of a turn. Only good while nobody rang since. */
  let told: Next | null = null

  for (;;) {
    await carryOutCommands(conversationId, heard, standing.note)
    // The server's own limit, for a run that never comes to rest: a storm of bells, a store away for days.
    if (workflowInfo().continueAsNewSuggested) {
      await condition(() => atRest(beside))
      await renew(input, heard)
    }
    const next: Next | null = told !== null && !wanted(heard) ? told : await askStore(conversationId, heard)
    told = null
    if (next === null) continue
    standing.take(next)
    switch (next.kind) {
      case 'turn': {
        const ended = await superviseTurn(conversationId, next, heard, standing.note)
        told = ended.next
        if (ended.summaryDue) {
          const summary = summarise(conversationId).finally(() => beside.delete(summary))
          beside.add(summary)
        }
        break
      }
      case 'settle':
        await settle(conversationId, next.effect, standing.note)
        break
      case 'idle':
        if (next.renew && atRest(beside)) await renew(input, heard)
        timer.set(next.wakeAt)
        await condition(() => wanted(heard) || timer.fired() || (next.renew === true && atRest(beside)))
        break
      case 'done':
        await condition(() => wanted(heard) || atRest(beside))
        // A bell in this moment makes Temporal run the task again, and this check with it.
        if (!wanted(heard)) return
    }
  }
}

const wanted = (heard: Heard): boolean => heard.rung || heard.commands.length > 0
const atRest = (beside: ReadonlySet<Promise<void>>): boolean => beside.size === 0 && allHandlersFinished()

/** The next run begins by asking the store, so a bell is heard by that alone; a command lives only in this run. */
async function renew(input: ConversationInput, heard: Heard): Promise<void> {
  if (heard.commands.length > 0) return
  await continueAsNew<typeof conversationWorkflow>(input)
}

/** A store that cannot be reached is waited for by timer, never by a failing run; null: the run has grown long over it. */
async function askStore(conversationId: string, heard: Heard): Promise<Next | null> {
  heard.rung = false
  for (let wait = 1000; !workflowInfo().continueAsNewSuggested; wait = Math.min(wait * 2, 15_000)) {
    try {
      const input = { conversationId, events: workflowInfo().historyLength }
      return await local.takeNext.executeWithOptions({ ...LOCAL.takeNext, summary: 'What is next?' }, [input])
    } catch (error) {
      if (!activityFailed(error)) throw error
      await sleep(wait)
    }
  }
  return null
}

/** Runs the turn; commands of operators are carried out beside it, and a floor that moved on cancels it. */
async function superviseTurn(
  conversationId: string,
  turn: Turn,
  heard: Heard,
  note: (what: string) => void,
): Promise<TurnEnded> {
  const scope = new CancellationScope({ cancellable: true })
  let over = false
  let cancelled = false
  const running = scope
    .run(() => runTurn(conversationId, turn, note))
    // Held as a value until the loop below has ended, so that a failure is never an unhandled rejection.
    .then(
      (ended) => ({ ended }),
      (error: unknown) => ({ error }),
    )
    .finally(() => {
      over = true
    })
  const stop = () => {
    if (cancelled || heard.floor <= turn.standing.floor) return
    cancelled = true
    // Acted on: one that speaks of a floor the store never had (typed by hand, an older copy restored) must not cancel for ever.
    heard.floor = 0
    note('turn cancelled by a newer floor')
    scope.cancel()
  }
  while (!over) {
    await condition(() => over || heard.commands.length > 0 || (!cancelled && heard.floor > turn.standing.floor))
    if (!over) await carryOutCommands(conversationId, heard, note)
    stop()
  }
  const result = await running
  if ('ended' in result) return result.ended
  if (cancelled && isCancellation(result.error)) return { summaryDue: false, next: null }
  throw result.error
}

/** A command that fails with the store at hand is given up: the customer's messages wait behind it. */
const MOST_FAILURES = 3

async function carryOutCommands(conversationId: string, heard: Heard, note: (what: string) => void): Promise<void> {
  let failures = 0
  for (let command = heard.commands[0]; command; command = heard.commands[0]) {
    const input: OperatorCommand = { ...command, conversationId }
    try {
      const options = { ...LOCAL.operatorCommand, summary: `Operator: ${command.kind}` }
      const done = await local.operatorCommand.executeWithOptions(options, [input])
      heard.floor = Math.max(heard.floor, done.floor)
      heard.rung = true // the store has changed: what it said before is old
      note(`operator ${command.kind}: ${done.outcome}`)
      heard.commands.shift()
      failures = 0
    } catch (error) {
      if (!activityFailed(error)) throw error
      failures += 1
      if (failureType(error) === 'InternalError' && failures >= MOST_FAILURES) {
        note(`operator ${command.kind}: given up`)
        heard.commands.shift()
        failures = 0
        continue
      }
      // The store is away; the command keeps its id, so trying again is safe.
      await sleep(Math.min(1000 * 2 ** (failures - 1), 15_000))
    }
  }
}

async function settle(conversationId: string, effect: string, note: (what: string) => void): Promise<void> {
  try {
    const done = await regular.settleEffect.executeWithOptions({ ...REGULAR.settleEffect, summary: 'Settle a write' }, [
      { conversationId, effect },
    ])
    note(`effect ${done.outcome}`)
  } catch (error) {
    if (!activityFailed(error)) throw error
    note('effect not settled yet') // the store has its next try already
  }
}

/** Nothing the customer waits for, so its failure is nobody's; nor is its cancellation, which the loop hears by itself. */
async function summarise(conversationId: string): Promise<void> {
  try {
    await regular.summarise.executeWithOptions({ ...REGULAR.summarise, summary: 'Summarise older messages' }, [
      { conversationId },
    ])
  } catch (error) {
    // Nobody may be waiting for it yet: thrown, it would be an unhandled rejection and wedge the run.
    if (!activityFailed(error) && !isCancellation(error)) throw error
  }
}
