// The Temporal dev server as a child: kept in a file, healthy before anybody uses it, started again when it dies by itself.
import { mkdir } from 'node:fs/promises'
import { existsSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { answersTcp, connectTemporal } from './connection.ts'
import { becomesUnwell } from './dev-server-health.ts'
import { launchDevServer } from './dev-server-process.ts'
import type { DevServerProcess } from './dev-server-process.ts'
import { freePort } from './free-port.ts'
import { databaseFile, forgetDevServer, rememberDevServer, stopLeftoverDevServer } from './leftover-dev-server.ts'
import { registerSearchAttributes } from './search-attributes.ts'

/** How to start a dev server. */
export type DevServerOptions = {
  /** Path of the `temporal` CLI; see findDevServer. */
  executable: string
  /** Folder of its database, log and pid file; the caller must own it. */
  home: string
  /** Port of gRPC; 0 takes a free one. */
  port: number
  /** Port of the Web UI; 0 takes a free one. */
  uiPort: number
  /** Namespace to make (default). */
  namespace?: string
  /** One line when it dies or comes back. */
  note: (line: string) => void
  /** Milliseconds without one good answer after which it is ended and started again (20,000). */
  patience?: number
}

/** A running dev server. */
export type DevServer = {
  /** host:port of gRPC. */
  address: string
  /** URL of the Web UI. */
  uiUrl: string
  /** Process id of the server that runs now; changes when it is started again. */
  pid(): number
  /** Ends it within a few seconds; calling twice is harmless. */
  stop(): Promise<void>
}

const HEALTHY_WITHIN_MS = 30_000
const [FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS, STEADY_AFTER_MS] = [250, 10_000, 30_000]

/** Starts it, waits until it answers and its search attributes are usable, and supervises it until `stop()`. */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { home, namespace = 'default', note, patience = 20_000 } = options
  await mkdir(home, { recursive: true })
  await stopLeftoverDevServer(home)
  forgetWalOfDeletedFile(home)
  const port = options.port || (await freePort())
  const uiPort = options.uiPort || (await freePort())
  const address = `127.0.0.1:${port}`

  const stopping = new AbortController()
  let current: DevServerProcess
  const launch = async (): Promise<void> => {
    current = launchDevServer({ ...options, namespace, port, uiPort, database: databaseFile(home) })
    try {
      if (current.pid !== undefined) await rememberDevServer(home, current.pid)
      const died = current.ended.then((reason) => Promise.reject(new Error(`the Temporal dev server ended: ${reason}`)))
      await Promise.race([healthy(address, namespace), died])
      watch(current)
    } catch (error) {
      await current.stop()
      throw error
    }
  }
  const watch = (watched: DevServerProcess): void => {
    const over = new AbortController()
    void watched.ended.then(() => over.abort())
    const signal = AbortSignal.any([stopping.signal, over.signal])
    void becomesUnwell({ address, namespace, patience, signal }).then(async (unwell) => {
      if (!unwell) return
      note('The Temporal dev server answers nothing any more; ending it')
      await watched.stop()
    })
  }
  const supervise = async (): Promise<void> => {
    let backOff = FIRST_BACK_OFF_MS
    for (;;) {
      const since = Date.now()
      const reason = await current.ended
      if (stopping.signal.aborted) return
      note(`The Temporal dev server ended by itself (${reason}); starting it again`)
      if (Date.now() - since > STEADY_AFTER_MS) backOff = FIRST_BACK_OFF_MS
      await sleep(backOff, undefined, { signal: stopping.signal }).catch(() => undefined)
      backOff = Math.min(backOff * 2, LONGEST_BACK_OFF_MS)
      if (stopping.signal.aborted) return
      try {
        await launch()
        note('The Temporal dev server is back')
      } catch (error) {
        if (!stopping.signal.aborted) note(`The Temporal dev server did not come back: ${String(error)}`)
      }
    }
  }
  await launch()
  const supervision = supervise()

  return {
    address,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    pid: () => current.pid ?? 0,
    async stop() {
      stopping.abort()
      await current.stop()
      await supervision
      await forgetDevServer(home)
    },
  }
}

async function healthy(address: string, namespace: string): Promise<void> {
  await answersTcp(address, Date.now() + HEALTHY_WITHIN_MS)
  const connection = await connectTemporal({ address, namespace, patience: HEALTHY_WITHIN_MS })
  try {
    await registerSearchAttributes(connection, namespace)
  } finally {
    await connection.close()
  }
}

/** The write-ahead log of a database that somebody deleted must not be replayed into the new one. */
function forgetWalOfDeletedFile(home: string): void {
  const file = databaseFile(home)
  if (existsSync(file)) return
  for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true })
}
