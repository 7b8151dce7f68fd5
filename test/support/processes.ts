// Parts as separate processes, for tests in which one dies alone.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll } from 'vitest'

/** What to run with Node, in the repository's root. */
export interface ProcessStart {
  /** Such as ['src/worker.ts']. */
  args: string[]
  /** Added to the environment of the tests; undefined takes a variable away. */
  env?: Record<string, string | undefined>
  /** Output that says it is ready; without it, it is at once. */
  ready?: RegExp
  /** Milliseconds until ready (30,000). */
  patience?: number
}

/** A process of a test; it is killed after the file's last test, with its group. */
export interface TestProcess {
  pid: number
  /** Everything it has written to both outputs. */
  output(): string
  /** Resolves with the first match in its output, also one of the past; rejects when it ends without. */
  waitFor(pattern: RegExp, patience?: number): Promise<RegExpExecArray>
  /** Sends the signal (SIGTERM) and resolves when it has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

const ROOT = resolve(import.meta.dirname, '../..')
const running = new Set<TestProcess>()

/** Starts a process and waits until it is ready. */
export async function startProcess({ args, env, ready, patience = 30_000 }: ProcessStart): Promise<TestProcess> {
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
  const kill = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (!over) child.kill(signal)
    await ended
  }
  const started: TestProcess = { pid: child.pid ?? 0, output: () => output, waitFor, kill, ended }
  running.add(started)
  if (ready !== undefined) await waitFor(ready, patience)
  return started
}

afterAll(async () => {
  await Promise.all([...running].map((each) => each.kill('SIGKILL')))
})
