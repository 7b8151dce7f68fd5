import { afterAll, beforeAll, expect, test } from 'vitest'
import { mustHold } from '../../evals/must-hold.ts'
import { run } from '../../evals/run.ts'
import { score } from '../../evals/score.ts'
import type { Utterance } from '../../evals/utterances.ts'
import { startHttpEverdesk, type HttpEverdesk } from '../support/http-everdesk.ts'

let http: HttpEverdesk
beforeAll(async () => {
  http = await startHttpEverdesk()
})
afterAll(() => http.close())

const ROWS: Utterance[] = [
  { id: 'T-1', text: 'Let me talk to a human being, now.', intent: 'escalation', also_accept: [] },
  { id: 'T-2', text: 'Hello there', intent: 'none', also_accept: [] },
  { id: 'T-3', text: 'Which orders of mine are on their way?', intent: 'order', also_accept: [] },
]

const runAgain = (name: string) =>
  run({
    rows: ROWS,
    addresses: http.addresses,
    concurrency: 2,
    name,
    from: 0,
    signal: new AbortController().signal,
    onResult: () => undefined,
  })

test('every row has its outcome, its route, and what the systems did for it', async () => {
  const { results, modelCalls } = await runAgain('one')
  const found = results.map(({ id, outcome, route, doubled, writes }) => ({
    id,
    outcome,
    intent: route?.intent,
    doubled,
    writes: writes.map(({ of, system }) => `${of} ${system}`),
  }))
  expect(found).toEqual([
    { id: 'T-1', outcome: 'handed_off', intent: 'escalation', doubled: [], writes: ['handoff ticketing'] },
    { id: 'T-2', outcome: 'answered', intent: 'none', doubled: [], writes: [] },
    { id: 'T-3', outcome: 'answered', intent: 'order', doubled: [], writes: [] },
  ])
  expect(modelCalls).toBeGreaterThan(0)
  expect(mustHold(score(results, modelCalls)).every(({ broken }) => broken === 0)).toBe(true)
})

test('a run under the same name meets its own conversations, and doubles nothing', async () => {
  const [first, second] = [await runAgain('same'), await runAgain('same')]
  const ids = (outcome: typeof first) => outcome.results.map(({ conversation_id }) => conversation_id)
  expect(ids(second)).toEqual(ids(first))
  expect(second.results.flatMap(({ doubled }) => doubled)).toEqual([])
  expect(second.modelCalls).toBe(0)
})
