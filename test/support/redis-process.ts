// A redis-server of the test's own, to stop and start as it likes.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../../src/temporal/free-port.ts'

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0

export type RedisProcess = {
  url: string
  start(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Keeps the connections open and answers nothing. */
  freeze(): void
  thaw(): void
}

/** Not started yet; always on the same free port, and nothing is written to disk. */
export async function ownRedis(): Promise<RedisProcess> {
  const port = await freePort()
  let running: ChildProcess | undefined
  return {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const child = spawn('redis-server', [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
      ])
      running = child
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (text: Buffer) => String(text).includes('Ready to accept') && resolve())
        child.once('exit', () => reject(new Error('redis-server ended')))
      })
    },
    kill: async () => {
      const child = running
      running = undefined
      if (!child || child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
  }
}
