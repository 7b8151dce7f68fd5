// The customer card of a desk: its reads, run for the people who look at a conversation. The API knows no desk, so it gets this.
import type { ActivityDeps } from '../activities/deps.ts'
import { executeRead } from '../activities/execute-read.ts'
import type { CardRead } from '../desks/types.ts'
import { OutsideError } from '../domain/errors.ts'
import type { CardRequest, CardSection, ReadCustomerCard } from '../ports/customer-card.ts'

type Deps = Pick<ActivityDeps, 'kernel' | 'desks' | 'logger'>

export function createCustomerCard(deps: Deps): ReadCustomerCard {
  return async (request) => {
    // A guest has no account at the company's systems.
    const reads = request.guest ? [] : (deps.desks.get(request.desk)?.desk.customerCard ?? [])
    return Promise.all(reads.map((read) => sectionOf(deps, request, read)))
  }
}

async function sectionOf(deps: Deps, request: CardRequest, read: CardRead): Promise<CardSection> {
  const { title, tool } = read
  try {
    const rows = await rowsOf(deps, request, read)
    if (rows) return { title, state: 'read', rows }
  } catch (error) {
    const code = error instanceof OutsideError ? error.type : error instanceof Error ? error.name : 'unknown'
    deps.logger.warn({ conversation: request.conversationId, tool, code }, 'a read of the customer card failed')
  }
  return { title, state: 'unavailable', rows: [] }
}

/** Undefined when the system declined. */
async function rowsOf({ kernel, desks }: Deps, request: CardRequest, { tool, input, rows }: CardRead) {
  const { desk, conversationId, customerId, guest } = request
  const working = desks.get(desk)
  if (!working) return undefined
  // The tool's own timeout is the only one: nobody but a person waits for it.
  const { signal } = new AbortController()
  const asked = { working, conversationId, customerId, guest, tool, input, signal }
  const { outcome, data } = await executeRead({ kernel }, asked)
  return outcome === 'ok' ? rows(data) : undefined
}
