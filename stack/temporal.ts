// A Temporal dev server of our own on a file, always at the same address: to kill, freeze, stop, and put back to an older copy.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { type DevServer, startDevServer } from '../src/temporal/dev-server.ts'
import { findDevServer } from '../src/temporal/find-dev-server.ts'
import { freePort } from '../src/temporal/free-port.ts'

/** The server, running unless stopped. */
export interface TemporalServer {
  /** host:port of gRPC. */
  address: string
  namespace: string
  /** Process id; changes with each start. */
  pid(): number
  /** kill -9; it is started again by its supervisor within a second. */
  kill(): void
  freeze(): void
  thaw(): void
  stop(): Promise<void>
  start(): Promise<void>
  /** Copies the stopped server's database to `folder`. */
  copyTo(folder: string): Promise<void>
  /** Puts the copy in `folder` in the place of the stopped server's database. */
  restoreFrom(folder: string): Promise<void>
  /** Deletes the stopped server's database. */
  forgetEverything(): Promise<void>
  close(): Promise<void>
}

/** Finds the CLI as `npm start` does, which may build it once; `note` tells of that. */
export async function startTemporal(note: (line: string) => void = () => undefined): Promise<TemporalServer> {
  const home = await mkdtemp(join(tmpdir(), 'everdesk-temporal-'))
  const executable = await findDevServer({ ...readConfig().machine, note })
  const [port, uiPort] = [await freePort(), await freePort()]
  const start = () => startDevServer({ executable, home, port, uiPort, note: () => undefined })
  let running: DevServer | null = await start()
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (running) process.kill(running.pid(), name)
    } catch {
      // It has ended already.
    }
  }
  const database = (folder: string) => [join(home, 'temporal.sqlite'), join(folder, 'temporal.sqlite')] as const
  const forget = async (): Promise<void> => {
    for (const rest of ['', '-wal', '-shm']) await rm(database(home)[0] + rest, { force: true })
  }
  const stop = async (): Promise<void> => {
    signal('SIGCONT')
    await running?.stop()
    running = null
  }
  return {
    address: `127.0.0.1:${port}`,
    namespace: 'default',
    pid: () => running?.pid() ?? 0,
    kill: () => signal('SIGKILL'),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    stop,
    async start() {
      running ??= await start()
    },
    async copyTo(folder) {
      const [live, copy] = database(folder)
      await cp(live, copy)
      await cp(`${live}-wal`, `${copy}-wal`).catch(() => undefined)
    },
    async restoreFrom(folder) {
      const [live, copy] = database(folder)
      await forget()
      await cp(copy, live)
      await cp(`${copy}-wal`, `${live}-wal`).catch(() => undefined)
    },
    forgetEverything: forget,
    async close() {
      await stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
