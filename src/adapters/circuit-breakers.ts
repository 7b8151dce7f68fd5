// A dependency that is down is asked now and then instead of by every customer. One breaker for each dependency name.
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { OutsideError } from '../domain/errors.ts'
import type { FailureType } from '../domain/errors.ts'

export type CircuitStateName = 'closed' | 'half_open' | 'open'

export type CircuitBreakers = {
  /** Runs `call`, or throws OutsideError `CircuitOpen` (never sent) while the dependency rests. */
  run<T>(dependency: string, call: () => Promise<T>): Promise<T>
}

export type CircuitBreakerOptions = {
  /** Consecutive failures that open a circuit; default 5. */
  failures?: number
  /** Milliseconds a circuit stays open before the first trial; default 5,000. Each trial that fails doubles it. */
  firstRest?: number
  /** Milliseconds it stays open at most; default 60,000. */
  longestRest?: number
  /** Hears each change of state, for the metric circuit_state. */
  onState?: (dependency: string, state: CircuitStateName) => void
}

// A refusal is an answer: the system is up and said no.
const OUTAGE: ReadonlySet<FailureType> = new Set([
  'ModelError.RateLimited',
  'ModelError.Unavailable',
  'ModelError.Timeout',
  'ModelError.Malformed',
  'BackendError.RateLimited',
  'BackendError.Unavailable',
  'BackendError.Timeout',
  'BackendError.Malformed',
])
const isOutage = (error: unknown): boolean => error instanceof OutsideError && OUTAGE.has(error.type)

/** Breakers are made when a dependency is first called and live as long as the process. */
export function createCircuitBreakers(options: CircuitBreakerOptions = {}): CircuitBreakers {
  const breakers = new Map<string, ReturnType<typeof createBreaker>>()
  return {
    run: (dependency, call) => {
      const breaker = breakers.get(dependency) ?? createBreaker(dependency, options)
      breakers.set(dependency, breaker)
      return breaker(call)
    },
  }
}

function createBreaker(dependency: string, options: CircuitBreakerOptions) {
  const { failures = 5, firstRest = 5_000, longestRest = 60_000, onState } = options
  const consecutive = new ConsecutiveBreaker(failures)
  // A trial that its caller aborted proved nothing, so it must not close the circuit.
  const policy = circuitBreaker(
    handleWhen(
      (error) => isOutage(error) || (policy.state === CircuitState.HalfOpen && !(error instanceof OutsideError)),
    ),
    // How long it rests is counted here: a system that stumbled is back within seconds, one that is down is left alone.
    { halfOpenAfter: 0, breaker: consecutive },
  )
  let [restsUntil, rest] = [0, firstRest]
  policy.onStateChange((state) => {
    if (state === CircuitState.Closed) rest = firstRest
    if (state === CircuitState.Open) {
      restsUntil = Date.now() + rest
      rest = Math.min(2 * rest, longestRest)
    }
    onState?.(dependency, NAMES[state])
  })

  return async <T>(call: () => Promise<T>): Promise<T> => {
    const wait = restsUntil - Date.now()
    // cockatiel lets others wait for the trial; a customer should not.
    if (policy.state === CircuitState.HalfOpen) throw circuitOpen(dependency, 1000)
    if (policy.state === CircuitState.Open && wait > 0) throw circuitOpen(dependency, wait)
    try {
      return await policy.execute(call)
    } catch (error) {
      if (error instanceof OutsideError && !isOutage(error)) consecutive.success()
      throw error
    }
  }
}

const NAMES: Record<CircuitState, CircuitStateName> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
}

const circuitOpen = (dependency: string, retryAfter: number): OutsideError =>
  new OutsideError('CircuitOpen', dependency, `${dependency} failed too often and rests`, {
    ambiguous: false,
    retryAfter,
  })
