import { expect, test } from 'vitest'
import { companySystems } from '../../src/startup/company-systems.ts'
import { readConfig } from '../../src/config.ts'

test('without settings every system is the sandbox', () => {
  expect(companySystems(readConfig({}))).toEqual({
    modelUrl: 'http://127.0.0.1:4000/v1',
    issuer: 'http://127.0.0.1:4000/oidc',
    crmUrl: 'http://127.0.0.1:4000/crm',
    ordersUrl: 'http://127.0.0.1:4000/orders',
    billingWsdl: 'http://127.0.0.1:4000/billing?wsdl',
    ticketingUrl: 'http://127.0.0.1:4000/ticketing',
  })
})

test('each system is replaced on its own', () => {
  const config = readConfig({
    SANDBOX_URL: 'http://sandbox:4000/',
    CRM_URL: 'https://crm.example/v2',
    OIDC_ISSUER: 'https://login.example/',
  })
  expect(companySystems(config)).toMatchObject({
    crmUrl: 'https://crm.example/v2',
    issuer: 'https://login.example/',
    ordersUrl: 'http://sandbox:4000/orders',
  })
})

test('a model key without a base URL means the provider itself', () => {
  const modelUrl = (env: Record<string, string>) => companySystems(readConfig(env)).modelUrl
  expect(modelUrl({ OPENAI_API_KEY: 'k' })).toBe('https://api.openai.com/v1')
  expect(modelUrl({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://models:8000/v1' })).toBe('http://models:8000/v1')
})
