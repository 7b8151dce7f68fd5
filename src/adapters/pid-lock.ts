// A lock file that one living process holds. Two openers of one PGlite folder lose rows; two everdesks in one home fight over it.
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'

/** Somebody else holds the lock; the message is one clear line. */
export class LockHeld extends Error {
  override name = 'LockHeld'
}

interface Holder {
  pid: number
  /** When the process started, in units of the operating system: a process id alone may be reused. */
  started: string
}

const TRIES = 5

/** Takes the lock at `file`, also from a dead process; returns its release. Throws LockHeld, naming `what` and the holder. */
export async function takePidLock(file: string, what: string): Promise<() => Promise<void>> {
  const own = JSON.stringify({ pid: process.pid, started: (await processOf(process.pid)).started } satisfies Holder)
  const draft = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`
  await writeFile(draft, own)
  try {
    for (let tried = 0; tried < TRIES; tried++) {
      if (await linked(draft, file)) return () => rm(file, { force: true })
      const found = await readFile(file, 'utf8').catch(() => '')
      if (found !== '' && (await alive(found))) {
        const { pid } = parse(found)
        throw new LockHeld(
          `${what} is in use by process ${pid}. Stop that one first, or set EVERDESK_HOME to another folder.`,
        )
      }
      await removeStale(file, found)
    }
    throw new LockHeld(`${what} is being opened by several processes at once. Try again.`)
  } finally {
    await rm(draft, { force: true })
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Moves the stale lock away; when another process has just replaced it, its fresh one is put back. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale-${process.pid}-${Math.random().toString(36).slice(2)}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  if ((await readFile(aside, 'utf8')) !== stale) await linked(aside, file)
  await rm(aside, { force: true })
}

async function alive(content: string): Promise<boolean> {
  const { pid, started } = parse(content)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const { state, started: now } = await processOf(pid)
  return state !== 'Z' && (now === '' || started === '' || now === started)
}

function parse(content: string): Holder {
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value === 'object' && value !== null && 'pid' in value && 'started' in value) {
      return { pid: Number(value.pid), started: String(value.started) }
    }
  } catch {
    // Half written by a machine that lost power: nobody holds it.
  }
  return { pid: -1, started: '' }
}

/** Fields 3 and 22 of /proc/<pid>/stat; empty where there is no /proc, and then the process id has to do. */
async function processOf(pid: number): Promise<{ state: string; started: string }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', started: fields[19] ?? '' }
}
