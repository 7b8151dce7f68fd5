// The rig's side of the fault points: orders one, and sees who took it.
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a process does that passes the point: dies by SIGKILL, freezes by SIGSTOP, throws, or waits. */
export type PointOrder = 'kill' | 'stop' | 'throw' | `delay:${number}`

export type PointControl = {
  /** Goes to the processes as FAULT_POINTS. */
  folder: string
  /** Replaces an order of this point that nobody has taken. */
  order(point: string, order: PointOrder): Promise<void>
  /** Pids of those who took an order of this point, in no order. */
  takenBy(point: string): Promise<number[]>
  /** Takes an order back that nobody has taken. */
  withdraw(point: string): Promise<void>
  close(): Promise<void>
}

export async function createPointControl(): Promise<PointControl> {
  const folder = await mkdtemp(join(tmpdir(), 'everdesk-fault-points-'))
  return {
    folder,
    async order(point, order) {
      // Written elsewhere first: nobody may read half of it.
      const written = join(folder, `.${point}`)
      await writeFile(written, order)
      await rename(written, join(folder, point))
    },
    async takenBy(point) {
      const taken = (await readdir(folder)).filter((name) => name.startsWith(`${point}.taken.`))
      return taken.map((name) => Number(name.slice(`${point}.taken.`.length)))
    },
    withdraw: (point) => rm(join(folder, point), { force: true }),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
