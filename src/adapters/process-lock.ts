// A lock that one living process holds. Two openers of one PGlite folder lose rows; two everdesks in one home fight over it.
// The operating system's lock, by way of SQLite, ends with its process however that ends. A file with a process id alone was tried:
// ids are reused, and of several processes that find a stale file at once two can win, or none.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Somebody else holds the lock; the message is one clear line. */
export class LockHeld extends Error {
  override name = 'LockHeld'
}

/** A lock that is only held by a forgotten closure would end with it at the next garbage collection. */
const held = new Set<DatabaseSync>()

/** Takes the lock at `file` and returns its release. Throws LockHeld, naming `what` and the process that holds it. */
export function takeProcessLock(file: string, what: string): () => void {
  const lock = new DatabaseSync(file, { timeout: 0 })
  const holder = `${file}.pid`
  try {
    lock.exec('begin exclusive') // Never committed: the transaction is the lock.
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new LockHeld(
      `${what} is in use by ${nameOf(holder)}. Stop that one first, or set EVERDESK_HOME to another folder.`,
    )
  }
  held.add(lock)
  writeFileSync(holder, `${process.pid}\n`)
  return () => {
    if (!held.delete(lock)) return
    rmSync(holder, { force: true })
    lock.close()
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

function nameOf(holder: string): string {
  try {
    return `process ${readFileSync(holder, 'utf8').trim()}`
  } catch {
    return 'another process'
  }
}
