// One run of `temporal server start-dev`, in a process group of its own: Ctrl-C in the terminal must not reach it before the drain.
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The two server settings that decide latency: 499 -> 34 ms a turn. */
export const DYNAMIC_CONFIG = ['history.transferProcessorMaxPollRPS=10000', 'system.enableActivityEagerExecution=true']
/** 1.7 times the speed of the default, and it survives kill -9. */
const SQLITE_PRAGMAS = ['journal_mode=wal', 'synchronous=2']
const [TERM_PATIENCE_MS, KILL_PATIENCE_MS] = [2_000, 1_000]

/** What one run needs. */
export type DevServerLaunch = {
  executable: string
  home: string
  database: string
  namespace: string
  port: number
  uiPort: number
}

/** One running (or ended) server process. */
export type DevServerProcess = {
  /** Absent when it could not be started at all. */
  pid: number | undefined
  /** Resolves with the reason when it ends, whoever ended it. */
  ended: Promise<string>
  /** SIGTERM, then SIGKILL; resolves when it is gone. */
  stop(): Promise<void>
}

/** Starts the process; its output goes to `temporal.log` in the home folder, so that it survives us. */
export function launchDevServer(launch: DevServerLaunch): DevServerProcess {
  const log = join(launch.home, 'temporal.log')
  const output = openSync(log, 'w')
  const child = spawn(launch.executable, serverArguments(launch), { detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  let over = false
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}: ${lastLine(log)}`))
  }).finally(() => {
    over = true
  })
  return {
    pid: child.pid,
    ended,
    async stop() {
      if (!over) child.kill('SIGTERM')
      await Promise.race([ended, sleep(TERM_PATIENCE_MS, undefined, { ref: false })])
      if (!over) child.kill('SIGKILL')
      await Promise.race([ended, sleep(KILL_PATIENCE_MS, undefined, { ref: false })])
    },
  }
}

function serverArguments({ database, namespace, port, uiPort }: DevServerLaunch): string[] {
  const fixed = ['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error', '--color', 'never']
  const chosen = { '--port': port, '--ui-port': uiPort, '--db-filename': database, '--namespace': namespace }
  return [
    ...fixed,
    ...Object.entries(chosen).flatMap(([flag, value]) => [flag, String(value)]),
    ...DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value]),
    ...SQLITE_PRAGMAS.flatMap((value) => ['--sqlite-pragma', value]),
  ]
}

function lastLine(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return (lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').slice(0, 300)
}
