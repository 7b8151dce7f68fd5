import { expect, test } from 'vitest'
import { chooseModel, roleFor } from '../../src/llm/choose-model.ts'
import { readModels } from '../../src/llm/models.ts'
import { costUsd } from '../../src/llm/prices.ts'

test.each([
  [{ questionLength: 20, round: 1 }, 'small'],
  [{ questionLength: 1200, round: 3 }, 'small'],
  [{ questionLength: 1201, round: 1 }, 'large'],
  [{ questionLength: 20, round: 4 }, 'large'],
  [{ wish: 'large' as const, questionLength: 20, round: 1 }, 'large'],
  [{ wish: 'small' as const, questionLength: 5000, round: 1 }, 'large'],
])('%o wants the model %s', (choice, role) => {
  expect(roleFor(choice)).toBe(role)
})

test('the other role stands in, and a list of one serves both without a stand-in', () => {
  const { models } = readModels({ sandboxUrl: 'http://s', providers: ['openai'] })
  const [small, large] = models
  const choice = { questionLength: 1, round: 1 }
  expect(chooseModel(models, choice)).toEqual({ model: small, standIn: large })
  expect(chooseModel(models, { ...choice, wish: 'large' })).toEqual({ model: large, standIn: small })
  expect(chooseModel(models.slice(1), choice)).toEqual({ model: large, standIn: null })
  expect(() => chooseModel([], choice)).toThrow('empty')
})

test('a call costs its tokens at the price of a million', () => {
  expect(costUsd({ input: 0.2, output: 0.8 }, { inputTokens: 1000, outputTokens: 100 })).toBe(0.00028)
  expect(costUsd({ input: 3, output: 15 }, { inputTokens: 0, outputTokens: 0 })).toBe(0)
})
