import { expect, test } from 'vitest'
import { createCircuitBreakers } from '../../src/adapters/circuit-breakers.ts'
import { httpWithBreaker, modelWithBreaker, soapWithBreaker } from '../../src/adapters/with-breaker.ts'
import { OutsideError } from '../../src/domain/errors.ts'
import { caught } from '../support/caught.ts'

const fail =
  (type: 'ModelError.Unavailable' | 'BackendError.Unavailable', dependency: string) => async (): Promise<never> => {
    throw new OutsideError(type, dependency, 'down')
  }

test('each port rests under its own dependency name once its system is down', async () => {
  const states: string[] = []
  const breakers = createCircuitBreakers({
    failures: 1,
    firstRest: 60_000,
    onState: (dependency, state) => states.push(`${dependency} ${state}`),
  })
  const model = modelWithBreaker({ complete: fail('ModelError.Unavailable', 'model:small') }, breakers)
  const http = httpWithBreaker({ call: fail('BackendError.Unavailable', 'crm') }, breakers)
  const soap = soapWithBreaker({ call: fail('BackendError.Unavailable', 'billing') }, breakers)
  const types: unknown[] = []
  for (let time = 0; time < 2; time += 1) {
    types.push(
      await caught(model.complete({ model: 'small', messages: [], timeout: 1 })),
      await caught(http.call({ dependency: 'crm', method: 'GET', url: 'http://x', timeout: 1 })),
      await caught(soap.call({ dependency: 'billing', wsdl: 'x', operation: 'x', input: {}, timeout: 1 })),
    )
  }
  expect(types.slice(3)).toMatchObject([
    { type: 'CircuitOpen', dependency: 'model:small' },
    { type: 'CircuitOpen', dependency: 'crm' },
    { type: 'CircuitOpen', dependency: 'billing' },
  ])
  expect(states).toEqual(['model:small open', 'crm open', 'billing open'])
})
