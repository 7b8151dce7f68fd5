// The browser that tests and screenshots drive: the Chromium of this machine, since none is downloaded with the packages.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Browser } from 'playwright-core'
import { readProcessTable, treeOf } from '../bench/process-table.ts'

/** A browser that runs; `close` ends it. */
export interface RunningChromium {
  browser: Browser
  /** Ends it with every process below it; rejects when one of them lives on. */
  close(): Promise<void>
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** What it must not do by itself: ask the network, or need a graphics card or a sandbox that a container lacks. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const ENDS_WITHIN = 10_000

/** Path of the browser: CHROMIUM_PATH, else one of the usual names on PATH. Throws with how to install one. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const asked = env['CHROMIUM_PATH']
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '')
  const candidates = asked ? [asked] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const found = candidates.find(isExecutable)
  if (found !== undefined) return found
  throw new Error(
    `There is no Chromium ${asked ? `at CHROMIUM_PATH (${asked})` : 'on PATH'}. ` +
      'Install one (Debian: apt-get install -y chromium), or set CHROMIUM_PATH to the program of a Chromium or Chrome.',
  )
}

/** Starts it without a window. */
export async function launchChromium(): Promise<RunningChromium> {
  const server = await chromium.launchServer({ executablePath: findChromium(), args: FLAGS })
  const browser = await chromium.connect(server.wsEndpoint())
  return {
    browser,
    async close() {
      const ids = treeOf(await readProcessTable(), server.process().pid ?? 0)
      await browser.close()
      await server.close()
      const deadline = Date.now() + ENDS_WITHIN
      for (;;) {
        const left = treesLeft(await readProcessTable(), ids)
        if (left.length === 0) return
        if (Date.now() > deadline) throw new Error(`Chromium did not end: process ${left.join(', ')}`)
        await sleep(50)
      }
    },
  }
}

/** An id alone may have been given to another process meanwhile, so only those whose parent was the browser's, or init, count. */
const treesLeft = (table: Awaited<ReturnType<typeof readProcessTable>>, ids: number[]): number[] =>
  ids.filter((id) => [...ids, 1].includes(table.get(id)?.parent ?? -1))

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
