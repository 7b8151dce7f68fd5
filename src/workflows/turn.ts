// One turn: route if the rules were unsure, then rounds of one model call and its tools, until the turn has ended.
// Every decision comes back from an activity; this file only puts the steps in order.
import { CancellationScope, log, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow'
import type { Activities, Answered, Call, Next } from '../activities/types.ts'
import { activityFailed, failureType } from './activity-failed.ts'
import { CANCELLATION, LOCAL, REGULAR } from './activity-options.ts'

const regular = proxyActivities<Activities>({ ...REGULAR.answer, cancellationType: CANCELLATION })
const local = proxyLocalActivities<Activities>(LOCAL.takeNext)

export type Turn = Extract<Next, { kind: 'turn' }>

/** Far above any desk's limit: the store ends a turn long before; this only bounds a loop that trusts it. */
const MOST_ROUNDS = 50

/** `next`: what the store said with the turn's last word; null: ask. */
export type TurnEnded = { summaryDue: boolean; next: Next | null }
const ENDED: TurnEnded = { summaryDue: false, next: null }

/** Throws only cancellation: whatever else goes wrong becomes an honest failure note. */
export async function runTurn(conversationId: string, turn: Turn, note: (what: string) => void): Promise<TurnEnded> {
  const ref = { conversationId, turn: turn.turn }
  const rest = () => Math.max(1, turn.deadline - Date.now())
  try {
    if (turn.unsure) {
      const options = { ...REGULAR.classify, scheduleToCloseTimeout: rest(), summary: 'Classify the question' }
      const route = await regular.classify.executeWithOptions(options, [ref])
      note(`route ${route.kind}`)
      if (route.kind !== 'routed') return ENDED
    }
    for (let round = turn.round; round < turn.round + MOST_ROUNDS; round += 1) {
      const options = { ...REGULAR.answer, scheduleToCloseTimeout: rest(), summary: `Answer, round ${round}` }
      const events = workflowInfo().historyLength
      const answered = await regular.answer.executeWithOptions(options, [{ ...ref, round, events }])
      note(`round ${round} ${answered.kind}`)
      if (!isOf(answered, turn.turn, round)) return ENDED
      if (answered.kind === 'replied') return { summaryDue: answered.summarise, next: answered.next ?? null }
      if (answered.kind !== 'tools') return ENDED
      await runTools(ref, answered.calls, rest, note)
    }
  } catch (error) {
    if (!activityFailed(error)) throw error
    const late = Date.now() >= turn.deadline
    if (!late && failureType(error) === 'StoreError.Unavailable') {
      note('the store is away')
      return ENDED // nothing was decided: the open turn goes on once the store answers again
    }
    const reason = late ? 'deadline' : 'model_unavailable'
    log.warn('turn failed', { turn: turn.turn, reason })
    await fail(ref, reason, note)
  }
  return ENDED
}

/** With the store away the turn stays open: whoever asks next goes on with it, or fails it at its deadline. */
async function fail(ref: Ref, reason: 'deadline' | 'model_unavailable', note: (what: string) => void): Promise<void> {
  const options = { ...LOCAL.failTurn, summary: 'Tell the customer, offer to people' }
  try {
    const failed = await local.failTurn.executeWithOptions(options, [{ ...ref, reason }])
    note(`turn ${failed.outcome} (${reason})`)
  } catch (error) {
    if (!activityFailed(error)) throw error
    note('turn could not be ended yet')
  }
}

const isOf = (answered: Answered, turn: number, round: number): boolean =>
  answered.turn === turn && answered.round === round

type Ref = { conversationId: string; turn: number }

/** Reads side by side, writes one by one. A tool that gave up is booked as failed by the next round. */
async function runTools(ref: Ref, calls: Call[], rest: () => number, note: (what: string) => void): Promise<void> {
  await Promise.all(
    calls.filter((call) => call.effect === 'read').map((call) => givingUp(() => runRead(ref, call, rest), call, note)),
  )
  for (const call of calls.filter((call) => call.effect === 'write')) {
    // What may already have happened is seen through to its end, whoever has the floor by then.
    await givingUp(() => CancellationScope.nonCancellable(() => runWrite(ref, call)), call, note)
  }
}

async function runRead(ref: Ref, { call, tool, quick }: Call, rest: () => number): Promise<{ outcome: string }> {
  const summary = `Read ${tool}`
  if (quick) {
    try {
      return await local.runRead.executeWithOptions({ ...LOCAL.quickRead, summary }, [{ ...ref, call }])
    } catch (error) {
      if (!activityFailed(error)) throw error
      // Too slow for a local activity: once more as a regular one, with time and retries.
    }
  }
  const scheduleToCloseTimeout = Math.min(REGULAR.runRead.scheduleToCloseTimeout, rest())
  return regular.runRead.executeWithOptions({ ...REGULAR.runRead, scheduleToCloseTimeout, summary }, [{ ...ref, call }])
}

const runWrite = (ref: Ref, { call, tool }: Call): Promise<{ outcome: string }> =>
  regular.runWrite.executeWithOptions({ ...REGULAR.runWrite, summary: `Write ${tool}` }, [{ ...ref, call }])

async function givingUp(
  run: () => Promise<{ outcome: string }>,
  { tool }: Call,
  note: (what: string) => void,
): Promise<void> {
  try {
    note(`${tool} ${(await run()).outcome}`)
  } catch (error) {
    if (!activityFailed(error)) throw error
    note(`${tool} gave up`)
  }
}
