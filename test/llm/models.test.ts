import { describe, expect, test } from 'vitest'
import { readModels } from '../../src/llm/models.ts'

const sandboxUrl = 'http://127.0.0.1:4000/'
const providers = ['openai', 'other']
const names = (list: ReturnType<typeof readModels>) =>
  list.models.map(({ name, baseUrl, apiKey }) => ({ name, baseUrl, apiKey }))

describe('the list of models', () => {
  test('without a provider is the scripted pair of the sandbox, at a price', () => {
    expect(readModels({ sandboxUrl, providers })).toEqual({
      problems: [],
      models: [
        {
          name: 'scripted-small',
          providerModel: 'scripted-small',
          provider: 'openai',
          role: 'small',
          baseUrl: 'http://127.0.0.1:4000/v1',
          apiKey: 'none',
          temperature: true,
          price: { input: 0.2, output: 0.8 },
        },
        {
          name: 'scripted-large',
          providerModel: 'scripted-large',
          provider: 'openai',
          role: 'large',
          baseUrl: 'http://127.0.0.1:4000/v1',
          apiKey: 'none',
          temperature: true,
          price: { input: 2, output: 8 },
        },
      ],
    })
  })

  test.each([
    ['a key alone', { openaiApiKey: 'k' }, 'gpt-5.4-mini', 'https://api.openai.com/v1', 'k'],
    ['a base URL alone', { openaiBaseUrl: 'http://llm/v1' }, 'gpt-5.4-mini', 'http://llm/v1', 'none'],
    ['both', { openaiBaseUrl: 'http://llm/v1', openaiApiKey: 'k' }, 'gpt-5.4-mini', 'http://llm/v1', 'k'],
    [
      'the sandbox as base URL',
      { openaiBaseUrl: 'http://127.0.0.1:4000/v1/', openaiApiKey: 'k' },
      'scripted-small',
      'http://127.0.0.1:4000/v1',
      'none',
    ],
  ])('with %s comes from there', (_, settings, name, baseUrl, apiKey) => {
    expect(names(readModels({ sandboxUrl, providers, ...settings }))[0]).toEqual({ name, baseUrl, apiKey })
  })

  test('of a file takes keys from the named variables and known prices', () => {
    const modelsFile = JSON.stringify([
      { name: 'gpt-5.5', role: 'large', baseUrl: 'https://a.example/v1', apiKeyVariable: 'A_KEY', temperature: false },
      {
        name: 'mine',
        provider: 'other',
        role: 'small',
        baseUrl: 'http://b:8000/v1',
        providerModel: 'org/mine',
        price: { input: 0, output: 0 },
      },
    ])
    expect(readModels({ sandboxUrl, providers, modelsFile, variables: { A_KEY: 'secret' } })).toEqual({
      problems: [],
      models: [
        {
          name: 'gpt-5.5',
          providerModel: 'gpt-5.5',
          provider: 'openai',
          role: 'large',
          baseUrl: 'https://a.example/v1',
          apiKey: 'secret',
          price: { input: 5, output: 30 },
          temperature: false,
        },
        {
          name: 'mine',
          providerModel: 'org/mine',
          provider: 'other',
          role: 'small',
          baseUrl: 'http://b:8000/v1',
          apiKey: 'none',
          price: { input: 0, output: 0 },
          temperature: true,
        },
      ],
    })
  })

  test('of a broken file names every problem at once', () => {
    expect(readModels({ sandboxUrl, providers, modelsFile: '{' }).problems).toEqual(['MODELS_FILE is not valid JSON'])
    expect(readModels({ sandboxUrl, providers, modelsFile: '[]' }).problems).toHaveLength(1)
    const shape = [{ name: '', role: 'tiny', baseUrl: 'ftp://x', extra: 1 }]
    expect(
      readModels({ sandboxUrl, providers, modelsFile: JSON.stringify(shape) }).problems.map(
        (problem) => problem.split(':')[0],
      ),
    ).toEqual(['MODELS_FILE [0].name', 'MODELS_FILE [0].role', 'MODELS_FILE [0].baseUrl', 'MODELS_FILE [0]'])
    const meaning = [
      { name: 'x', role: 'small', baseUrl: 'http://x/v1', apiKeyVariable: 'NOPE' },
      { name: 'x', role: 'large', provider: 'toString', baseUrl: 'http://x/v1', price: { input: 1, output: 1 } },
    ]
    expect(readModels({ sandboxUrl, providers, modelsFile: JSON.stringify(meaning) })).toEqual({
      models: [],
      problems: [
        'MODELS_FILE [0].apiKeyVariable: the environment has no NOPE',
        'MODELS_FILE [0].price: no list price is known for x, so give one',
        'MODELS_FILE [1].name: x is there twice',
        'MODELS_FILE [1].provider: there is no provider "toString"; known: openai, other',
      ],
    })
  })
})
