// The ports with a circuit breaker before them.
import type { LanguageModel } from '../ports/llm.ts'
import type { HttpClient, SoapClient } from '../ports/systems.ts'
import type { CircuitBreakers } from './circuit-breakers.ts'

/** How circuit breakers, metrics and errors name a model of the list. */
export const modelDependency = (model: string): string => `model:${model}`

/** Each model of the list has its own circuit, so that one can stand in for the other. */
export const modelWithBreaker = (model: LanguageModel, breakers: CircuitBreakers): LanguageModel => ({
  complete: (request) => breakers.run(modelDependency(request.model), () => model.complete(request)),
})

/** One circuit for each dependency name. */
export const httpWithBreaker = (http: HttpClient, breakers: CircuitBreakers): HttpClient => ({
  call: (request) => breakers.run(request.dependency, () => http.call(request)),
})

/** One circuit for each dependency name. */
export const soapWithBreaker = (soap: SoapClient, breakers: CircuitBreakers): SoapClient => ({
  call: (request) => breakers.run(request.dependency, () => soap.call(request)),
})
