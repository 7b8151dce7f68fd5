// One part of everdesk as a process of its own, to be watched, frozen and killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** What to run with Node, in the repository's root. */
export interface ProcessStart {
  /** Such as ['src/worker.ts']. */
  args: string[]
  /** Added to the environment of this process; undefined takes a variable away. */
  env?: Record<string, string | undefined>
  /** Output that says it is ready; without it, it is at once. */
  ready?: RegExp
  /** Milliseconds until ready (30,000). */
  patience?: number
  /** File that its output is added to. */
  log?: string
}

/** A running (or ended) process. */
export interface PartProcess {
  pid: number
  /** What it has written to both outputs, the last two million characters of it. */
  output(): string
  /** Resolves with the first match in its output, also one of the past; rejects when it ends without, or after `patience` ms (30,000). */
  waitFor(pattern: RegExp, patience?: number): Promise<RegExpExecArray>
  /** Sends a signal and does not wait, such as SIGSTOP; false when it has ended. */
  signal(signal: NodeJS.Signals): boolean
  /** Sends the signal (SIGTERM) and resolves when it has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>
  isOver(): boolean
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

const ROOT = resolve(import.meta.dirname, '..')
const OUTPUT_KEPT = 2_000_000
const running = new Set<PartProcess>()

/** Starts a process and waits until it is ready; one that is not in time is ended. */
export async function startProcess({ args, env, ready, patience = 30_000, log }: ProcessStart): Promise<PartProcess> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let over = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (log !== undefined) appendFileSync(log, chunk)
      if (output.length > 2 * OUTPUT_KEPT) output = output.slice(-OUTPUT_KEPT)
      child.emit('output')
    })
  }
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals)[]) => {
    over = true
    running.delete(started)
    child.emit('output')
    return code ?? signal ?? 0
  })
  const waitFor = async (pattern: RegExp, patience = 30_000): Promise<RegExpExecArray> => {
    const timeout = AbortSignal.timeout(patience)
    for (;;) {
      const match = pattern.exec(output)
      if (match !== null) return match
      if (over) throw new Error(`${args.join(' ')} ended without ${String(pattern)}:\n${output}`)
      await once(child, 'output', { signal: timeout }).catch(() => {
        throw new Error(`${args.join(' ')} did not write ${String(pattern)} within ${patience} ms:\n${output}`)
      })
    }
  }
  const started: PartProcess = {
    pid: child.pid ?? 0,
    output: () => output,
    waitFor,
    signal: (signal) => !over && child.kill(signal),
    async kill(signal = 'SIGTERM') {
      if (!over) child.kill(signal)
      await ended
    },
    isOver: () => over,
    ended,
  }
  running.add(started)
  try {
    if (ready !== undefined) await waitFor(ready, patience)
  } catch (error) {
    await started.kill('SIGKILL')
    throw error
  }
  return started
}

/** Kills every process that was started here and still runs. */
export async function killAllProcesses(): Promise<void> {
  await Promise.all([...running].map((each) => each.kill('SIGKILL')))
}
