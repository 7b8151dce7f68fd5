// The true addresses of a running `npm start`, in a file that the command-line tools read.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where everything of one running everdesk is. */
export type Addresses = {
  /** URL of API and web. */
  api: string
  /** URL of the sandbox, absent when the company's systems are elsewhere. */
  sandbox?: string
  /** host:port of Temporal. */
  temporal: string
  /** URL of the Web UI, when it is ours. */
  temporal_ui?: string
  /** URL of the worker's metrics page. */
  worker_metrics?: string
  /** OpenID Connect issuer of the bearer tokens. */
  issuer: string
}

/** Path of the file in a home folder. */
function addressesFile(home: string): string {
  return join(home, 'urls.json')
}

/** Writes the addresses of what runs now. */
export async function writeAddresses(home: string, addresses: Addresses): Promise<void> {
  await writeFile(addressesFile(home), `${JSON.stringify(addresses, null, 2)}\n`)
}

/** What the last start wrote; undefined when nothing runs from this home. */
export async function readAddresses(home: string): Promise<Addresses | undefined> {
  try {
    const written: Addresses = JSON.parse(await readFile(addressesFile(home), 'utf8'))
    return written
  } catch {
    return undefined
  }
}

/** Nothing runs any more. */
export async function removeAddresses(home: string): Promise<void> {
  await rm(addressesFile(home), { force: true })
}
