import { describe, expect, test } from 'vitest'
import { OutsideError } from '../../src/domain/errors.ts'
import type { FailureType } from '../../src/domain/errors.ts'
import { completeWithFallback } from '../../src/llm/fallback.ts'
import type { LanguageModel, ModelAnswer, ModelRequest } from '../../src/ports/llm.ts'

type Step = { says?: string[]; fails?: unknown }

/** Plays one step for each call and throws when the script is over. */
function scripted(steps: Step[]) {
  const asked: { model: string; timeout: number }[] = []
  const model: LanguageModel = {
    complete: async (request) => {
      asked.push({ model: request.model, timeout: request.timeout })
      const step = steps.shift()
      if (!step) throw new Error('the script is over')
      for (const text of step.says ?? []) request.onDelta?.(text)
      if (step.fails !== undefined) throw step.fails
      return answer(request.model, (step.says ?? []).join(''))
    },
  }
  return { model, asked }
}
const answer = (model: string, text: string): ModelAnswer => ({
  text,
  toolCalls: [],
  model,
  inputTokens: 1,
  outputTokens: 1,
})
const failure = (type: FailureType) => new OutsideError(type, 'model:a', 'no')
const request: ModelRequest = { model: 'a', messages: [], timeout: 10_000 }

describe('a stand-in model', () => {
  test.each(['ModelError.RateLimited', 'ModelError.Unavailable', 'CircuitOpen'] as const)(
    'answers after %s',
    async (type) => {
      const { model, asked } = scripted([{ fails: failure(type) }, { says: ['hi'] }])
      expect(await completeWithFallback(model, request, { standIn: 'b' })).toEqual({
        answer: answer('b', 'hi'),
        insteadOf: { model: 'a', failure: type },
      })
      expect(asked.map((call) => call.model)).toEqual(['a', 'b'])
      expect(asked[1]?.timeout).toBeLessThanOrEqual(10_000)
    },
  )

  test.each(['ModelError.Timeout', 'ModelError.Malformed', 'ModelError.Refused'] as const)(
    'is not asked after %s',
    async (type) => {
      const { model, asked } = scripted([{ fails: failure(type) }])
      await expect(completeWithFallback(model, request, { standIn: 'b' })).rejects.toMatchObject({ type })
      expect(asked).toHaveLength(1)
    },
  )

  test('is not needed when the first answers', async () => {
    const { model } = scripted([{ says: ['hi'] }])
    expect(await completeWithFallback(model, request, { standIn: 'b' })).toEqual({
      answer: answer('a', 'hi'),
      insteadOf: null,
    })
  })

  test('is asked once, and its failure leaves the first one to be told', async () => {
    const { model, asked } = scripted([
      { fails: failure('ModelError.RateLimited') },
      { fails: failure('ModelError.Refused') },
    ])
    await expect(completeWithFallback(model, request, { standIn: 'b' })).rejects.toMatchObject({
      type: 'ModelError.RateLimited',
    })
    expect(asked).toHaveLength(2)
  })

  test.each([null, 'a'])('of %s is none', async (standIn) => {
    const { model, asked } = scripted([{ fails: failure('CircuitOpen') }])
    await expect(completeWithFallback(model, request, { standIn })).rejects.toMatchObject({ type: 'CircuitOpen' })
    expect(asked).toHaveLength(1)
  })

  test('is not asked when too little time is left', async () => {
    const { model, asked } = scripted([{ fails: failure('CircuitOpen') }])
    await expect(completeWithFallback(model, { ...request, timeout: 900 }, { standIn: 'b' })).rejects.toThrow('no')
    expect(asked).toHaveLength(1)
  })

  test('passes the abort on as it is', async () => {
    const reason = new Error('taken over')
    const { model } = scripted([{ fails: failure('CircuitOpen') }, { fails: reason }])
    await expect(completeWithFallback(model, request, { standIn: 'b' })).rejects.toBe(reason)
  })
})

describe('a streamed answer', () => {
  async function stream(first: Step, second: Step) {
    const seen: string[] = []
    const { model } = scripted([first, second])
    await completeWithFallback(
      model,
      { ...request, onDelta: (text) => seen.push(text) },
      { standIn: 'b', onRestart: () => seen.push('<restart>') },
    )
    return seen
  }
  const fails = failure('ModelError.Unavailable')

  test('is restarted before the first piece of the stand-in', async () => {
    expect(await stream({ says: ['on', 'e'], fails }, { says: ['tw', 'o'] })).toEqual([
      'on',
      'e',
      '<restart>',
      'tw',
      'o',
    ])
  })
  test('is restarted also when the stand-in only calls tools', async () => {
    expect(await stream({ says: ['one'], fails }, {})).toEqual(['one', '<restart>'])
  })
  test('is not restarted when nothing was shown', async () => {
    expect(await stream({ fails }, { says: ['two'] })).toEqual(['two'])
  })
})
