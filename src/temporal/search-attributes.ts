// Registers our search attributes on any Temporal. A start with an unregistered one fails for ever, so this comes first.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '@temporalio/client'
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts'

const NAMES = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name)
const KEYWORD = 2 // temporal.api.enums.v1.IndexedValueType; the package has no named ES imports
const USABLE_WITHIN_MS = 30_000

/** Adds the missing ones and returns, once all are usable, the names that were added. Safe to call from many workers at once. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const added = await missing(connection, namespace)
  const deadline = Date.now() + USABLE_WITHIN_MS
  for (;;) {
    const absent = await missing(connection, namespace)
    if (absent.length === 0) return added
    if (Date.now() > deadline) throw new Error(`search attributes ${absent.join(', ')} did not become usable`)
    // Asked again each round: a fresh namespace, and another worker's registration at the same moment, refuse the first ones.
    await connection.operatorService
      .addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(absent.map((name) => [name, KEYWORD])) })
      .catch((error: unknown) => {
        if (Date.now() > deadline) throw error
      })
    await sleep(50)
  }
}

async function missing(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  return NAMES.filter((name) => !Object.hasOwn(customAttributes ?? {}, name))
}
