// Where the platform saves time and tokens: the same customer's question, against three model calls in a row.
import { sql } from 'kysely'
import { performance } from 'node:perf_hooks'
import { askFloor } from './ask-floor.ts'
import type { EngineName } from './engine-names.ts'
import { type FirstToken, type FirstTokenPlan, measureFirstToken } from './first-token.ts'
import { describeMachine } from './machine.ts'
import { percentile, rounded } from './percentiles.ts'
import { measureRecovery, type Recovery } from './recovery.ts'
import type { Machine } from './results.ts'
import { startSystem, type System } from './system.ts'
import { shortQuestion } from './the-turn.ts'

/** One question end to end, medians. */
export type Question = {
  latency_ms: number
  questions: number
  ours: { last_word_ms: number; tokens: number; model_calls: number }
  usual: { last_word_ms: number; tokens: number; model_calls: number }
  time_ratio: number
  token_ratio: number
}

export type Win = {
  machine: Machine
  engine: EngineName
  question: Question
  /** One for each pace. */
  first_token: FirstToken[]
  recovery: Recovery
}

export type WinPlan = { questions: number; firstToken: FirstTokenPlan[]; kills: number }

export const WIN: WinPlan = {
  questions: 10,
  firstToken: [
    // As people write who read the answer first; and four times as fast, which is half of what two processors can do.
    { conversations: 50, latency: 1000, think: 20_000, duration: 80_000 },
    { conversations: 50, latency: 1000, think: 5000, duration: 40_000 },
  ],
  kills: 3,
}

const MODEL_MS = 1000
/** A worker is ready within this on a slow machine. */
const RECOVERY_CALL_MS = 12_000
const TARGETS = { time: 0.5, tokens: 0.4, firstToken: { p50: 30, p95: 80 }, recovery: 5000 }

/** Runs all three on a system of its own. */
export async function win(request: { engine: EngineName; plan: WinPlan; note: (line: string) => void }): Promise<Win> {
  const { engine, plan, note } = request
  const machine = describeMachine()
  const system = await startSystem({ engine, customers: 60, pairs: 50, note })
  try {
    note(`One question, model ${MODEL_MS} ms ...`)
    const question = await measureQuestion(system, plan.questions)
    const first_token: FirstToken[] = []
    for (const pace of plan.firstToken) {
      note(`First token, ${pace.conversations} conversations, each asks every ${pace.think / 1000} s ...`)
      first_token.push(await measureFirstToken(system, pace))
    }
    note(`Recovery, ${plan.kills} kills ...`)
    const recovery = await measureRecovery(system, plan.kills, RECOVERY_CALL_MS)
    return { machine, engine, question, first_token, recovery }
  } finally {
    await system.close()
  }
}

/** Each target with what was measured, and whether it holds. */
export function verdicts({ question, first_token, recovery }: Win): [what: string, seen: string, holds: boolean][] {
  const longest = Math.max(...recovery.beyond_call_ms)
  const added = first_token.flatMap(({ think, added_ms }) =>
    (['p50', 'p95'] as const).map((share): [string, string, boolean] => [
      `first token added, asked every ${think / 1000} s, ${share} at most ${TARGETS.firstToken[share]} ms`,
      `${added_ms[share]} ms`,
      added_ms[share] <= TARGETS.firstToken[share],
    ]),
  )
  return [
    [`time to the last word at most ${TARGETS.time}x`, `${question.time_ratio}x`, question.time_ratio <= TARGETS.time],
    [`tokens at most ${TARGETS.tokens}x`, `${question.token_ratio}x`, question.token_ratio <= TARGETS.tokens],
    ...added,
    [`recovery at most ${TARGETS.recovery} ms beyond the repeated call`, `${longest} ms`, longest <= TARGETS.recovery],
  ]
}

async function measureQuestion(system: System, questions: number): Promise<Question> {
  const { everdesk, shoppers, stack } = system
  await stack.sandbox.model({ latency_ms: 0, tokens_per_second: 0 })
  // Connections, caches and compilers warm up on questions that do not count.
  for (const counts of [false, true]) {
    await stack.sandbox.model({ latency_ms: counts ? MODEL_MS : 0, tokens_per_second: 0 })
    const [ours, usual, conversations]: [number[], number[], string[]] = [[], [], []]
    const spent: { tokens: number; model_calls: number }[] = []
    for (let index = 0; index < questions; index++) {
      const shopper = shoppers[index % shoppers.length]
      if (!shopper) break
      const text = shortQuestion(shopper.nextPair()[0])
      const began = performance.now()
      conversations.push((await everdesk.start(shopper.customer, text)).conversation)
      const between = performance.now()
      spent.push(await askFloor(system, text))
      ours.push(between - began)
      usual.push(performance.now() - between)
    }
    if (counts) return judge({ questions, ours, usual, spent, paid: await paidFor(system, conversations) })
  }
  throw new Error('unreachable')
}

type Paid = { tokens: number; model_calls: number }

async function paidFor({ stack }: System, conversations: string[]): Promise<Paid[]> {
  const { rows } = await sql<Paid>`
    select sum(input_tokens + output_tokens)::int as tokens, count(*)::int as model_calls
    from usage where conversation_id = any(${conversations}) group by conversation_id`.execute(stack.db)
  return rows
}

function judge(seen: { questions: number; ours: number[]; usual: number[]; spent: Paid[]; paid: Paid[] }): Question {
  const median = (values: number[]) => rounded(percentile(values, 0.5), 1)
  const side = (times: number[], bills: Paid[]) => ({
    last_word_ms: median(times),
    tokens: median(bills.map(({ tokens }) => tokens)),
    model_calls: median(bills.map(({ model_calls }) => model_calls)),
  })
  const [ours, usual] = [side(seen.ours, seen.paid), side(seen.usual, seen.spent)]
  return {
    latency_ms: MODEL_MS,
    questions: seen.questions,
    ours,
    usual,
    time_ratio: rounded(ours.last_word_ms / usual.last_word_ms, 2),
    token_ratio: rounded(ours.tokens / usual.tokens, 2),
  }
}
