import { describe, expect, test } from 'vitest'
import { checkCalls } from '../../src/activities/check-calls.ts'
import { offeredTools } from '../../src/activities/offered-tools.ts'
import type { WorkingDesk } from '../../src/activities/deps.ts'
import { desk } from '../../src/desks/electronics-store/desk.ts'
import type { StepRow } from '../../src/kernel/tables.ts'

const working = {
  desk,
  tools: new Map(desk.tools.map((tool) => [tool.name, tool])),
  specialists: new Map(desk.specialists.map((specialist) => [specialist.name, specialist])),
} as unknown as WorkingDesk
const order = working.specialists.get('order') ?? null

const read = (outcome: string, answers: boolean): StepRow =>
  ({ kind: 'prefetch', outcome, content: { data: {}, ...(answers ? { answers: true } : {}) } }) as unknown as StepRow
const asked = { kind: 'model', outcome: null, content: {} } as unknown as StepRow
const names = (steps: StepRow[], guest = false) => offeredTools(working, order, steps, guest).map(({ name }) => name)

describe('the tools that a model is shown (S1)', () => {
  test('a question that its reads have answered is asked with nothing but the way to the tools', () => {
    expect(names([read('ok', true), read('ok', true)])).toEqual(['more_tools'])
  })

  test.each([
    ['nothing was read', []],
    ['a read does not answer it', [read('ok', true), read('ok', false)]],
    ['a read failed', [read('failed', true)]],
    ['the model was asked before', [read('ok', true), asked]],
  ])('all of them when %s', (_, steps) => {
    expect(names(steps)).toEqual([...(order?.tools ?? []), 'transfer', 'escalate'])
  })

  test('a guest’s model is shown public ones only, and another is refused whoever asks for it (L1)', () => {
    expect(names([], true)).toEqual(['search_knowledge_base', 'transfer', 'escalate'])
    const asked = ['get_order_status', 'create_ticket', 'search_knowledge_base']
    const calls = asked.map((tool, index) => ({ id: `${index}`, tool, input: { query: 'returns' } }))
    const outcomes = checkCalls(working, order, calls, true).map((call) => (call.run ? 'run' : call.outcome))
    expect(outcomes).toEqual(['refused', 'refused', 'run'])
  })

  test('the way to the tools is answered at once and runs nothing', () => {
    expect(checkCalls(working, order, [{ id: '1', tool: 'more_tools', input: {} }], false)).toMatchObject([
      { tool: 'more_tools', run: false, outcome: 'ok' },
    ])
  })
})
