// A kill -9 of everdesk leaves its dev server running. Two on one file start silently, so the next start stops the first.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine } from './command-line.ts'

/** Path of the dev server's database in a home folder. */
export function databaseFile(home: string): string {
  return join(home, 'temporal.sqlite')
}

/** Writes down which process serves this home. */
export async function rememberDevServer(home: string, pid: number): Promise<void> {
  await writeFile(pidFile(home), `${pid}\n`)
}

/** The dev server of this home has ended. */
export async function forgetDevServer(home: string): Promise<void> {
  await rm(pidFile(home), { force: true })
}

/** Stops the dev server that an earlier run left; true when there was one. The caller must own the home folder. */
export async function stopLeftoverDevServer(home: string): Promise<boolean> {
  const pid = Number(await readFile(pidFile(home), 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 1) return false
  const ours = async () => (await commandLine(pid))?.includes(databaseFile(home)) === true
  if (!(await ours())) {
    await forgetDevServer(home)
    return false
  }
  for (const [signal, patience] of [
    ['SIGTERM', 3_000],
    ['SIGKILL', 3_000],
  ] as const) {
    send(pid, signal)
    const deadline = Date.now() + patience
    while (Date.now() < deadline && (await ours())) await sleep(50)
  }
  if (await ours())
    throw new Error(`a Temporal dev server of an earlier run (process ${pid}) does not end; stop it by hand`)
  await forgetDevServer(home)
  return true
}

function pidFile(home: string): string {
  return join(home, 'temporal.pid')
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in between.
  }
}
