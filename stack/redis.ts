// A redis-server of our own, to stop, freeze and empty.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { freePort } from '../src/temporal/free-port.ts'

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0

export type RedisProcess = {
  url: string
  /** Process id; 0 while it does not run. */
  pid(): number
  start(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Keeps the connections open and answers nothing. */
  freeze(): void
  thaw(): void
  /** FLUSHALL. */
  flushAll(): Promise<void>
}

/** Not started yet; always on the same free port, and nothing is written to disk. */
export async function ownRedis(): Promise<RedisProcess> {
  const port = await freePort()
  let running: ChildProcess | undefined
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => running?.pid ?? 0,
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
    flushAll: async () => {
      const redis = new Redis(port, '127.0.0.1', { connectTimeout: 2_000, retryStrategy: () => null })
      redis.on('error', () => undefined)
      await redis.flushall().finally(() => redis.disconnect())
    },
  }
}
