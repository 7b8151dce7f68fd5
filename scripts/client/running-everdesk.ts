// Where everdesk runs, for tools that talk to it.
import { readAddresses } from '../../src/addresses.ts'
import type { Addresses } from '../../src/addresses.ts'

/** The addresses of the everdesk that `npm start` runs from this home; undefined when none answers. */
export async function findRunning(home: string): Promise<Addresses | undefined> {
  const addresses = await readAddresses(home)
  // A file without a process is what kill -9 leaves.
  return addresses !== undefined && (await answers(addresses.api)) ? addresses : undefined
}

/** Whether an API lives at this URL. */
export async function answers(api: string): Promise<boolean> {
  try {
    const response = await fetch(`${api}/livez`, { signal: AbortSignal.timeout(2_000) })
    return response.ok
  } catch {
    return false
  }
}
