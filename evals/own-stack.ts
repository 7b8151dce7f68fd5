// An everdesk of our own for one run: `node src/main.ts` as a child in a temporary home, gone without a trace afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findRunning } from '../scripts/client/running-everdesk.ts'
import type { Addresses } from '../src/startup/addresses.ts'
import type { Config } from '../src/config.ts'

/** A stack that runs; `stop` ends it when it is ours. */
export interface Stack {
  addresses: Addresses
  ours: boolean
  stop: () => Promise<void>
}

/** A first start may have to build Temporal. */
const READY_WITHIN = 15 * 60_000
/** It stops itself within 10 s. */
const STOPS_WITHIN = 12_000
const LAST_LINES = 15

/** Starts it and waits until it answers. Rejects with its last lines when it ends before. */
export async function startOwnStack(
  config: Config,
  { note, signal }: { note: (line: string) => void; signal: AbortSignal },
): Promise<Stack> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-eval-'))
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../src/main.ts')], {
    env: environment(config.variables, home),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C must reach only us, so that rows under way are finished before everdesk goes.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-10_000)))
  }
  const ended = once(child, 'close').catch(() => undefined)
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  const stop = async (): Promise<void> => {
    if (!isOver()) {
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(STOPS_WITHIN, undefined, { ref: false })])
      if (!isOver()) child.kill('SIGKILL')
      await ended
    }
    await rm(home, { recursive: true, force: true })
  }
  try {
    const deadline = Date.now() + READY_WITHIN
    for (let waited = 0; ; waited++) {
      signal.throwIfAborted()
      const addresses = await findRunning(home)
      if (addresses !== undefined) {
        await unpaced(addresses.sandbox)
        return { addresses, ours: true, stop }
      }
      if (isOver()) throw new Error(`everdesk did not start:\n${lastLines(output)}`)
      if (Date.now() > deadline) throw new Error(`everdesk was not ready in time:\n${lastLines(output)}`)
      if (waited > 0 && waited % 50 === 0) note(lastLines(output, 1))
      await sleep(200)
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** That of ours, but on free ports and without limits. */
function environment(variables: Config['variables'], home: string): NodeJS.ProcessEnv {
  const ports = ['SANDBOX_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'WORKER_METRICS_PORT', 'PUBLIC_URL']
  const kept = Object.entries(variables).filter(([name]) => !ports.includes(name))
  return {
    ...Object.fromEntries(kept),
    PORT: '0',
    EVERDESK_HOME: home,
    RATE_LIMIT_SCALE: '1000',
  }
}

/** The scripted model writes at a person's reading pace, which would measure only itself. */
async function unpaced(sandbox: string | undefined): Promise<void> {
  if (sandbox === undefined) return
  await fetch(`${sandbox}/_model`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tokens_per_second: 0 }),
  })
}

function lastLines(output: string, most = LAST_LINES): string {
  return output.trim().split('\n').slice(-most).join('\n')
}
