import { readFileSync } from 'node:fs'

/** Whether a process runs. One that ended but that nobody has reaped (its parent died first) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat[stat.lastIndexOf(')') + 2] !== 'Z'
  } catch {
    return true // No /proc here.
  }
}
