import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Config, ConfigError, readConfig } from '../src/config.ts'

/** Reads `# NAME=value` lines; an empty value means: no default. */
function exampleVariables(): Map<string, string> {
  const lines = readFileSync(resolve(import.meta.dirname, '../.env.example'), 'utf8').split('\n')
  const pairs = lines.flatMap((line) => {
    const match = /^# ([A-Z][A-Z_]+)=(.*)$/.exec(line)
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? ''] as const]
  })
  return new Map(pairs)
}

/** Names that readConfig asks an environment for. */
function variablesRead(): Set<string> {
  const asked = new Set<string>()
  const env = new Proxy<NodeJS.ProcessEnv>({}, { get: (_, name) => void asked.add(String(name)) })
  readConfig(env)
  return asked
}

describe('configuration', () => {
  test('EMBED_ORIGINS takes exact origins, and says which entry is none', () => {
    const { web } = readConfig({ EMBED_ORIGINS: 'https://shop.example, http://localhost:8080' })
    expect(web.embedOrigins).toEqual(['https://shop.example', 'http://localhost:8080'])
    for (const wrong of ['*', 'https://shop.example/', 'shop.example', 'https://Shop.example']) {
      expect(() => readConfig({ EMBED_ORIGINS: wrong })).toThrow(`EMBED_ORIGINS holds "${wrong}"`)
    }
  })

  test('.env.example names exactly the variables that are read', () => {
    const ofTheMachine = ['PATH', 'XDG_CACHE_HOME']
    const read = [...variablesRead()].filter((name) => !ofTheMachine.includes(name))
    expect([...exampleVariables().keys()].sort()).toEqual(read.sort())
  })

  test('.env.example shows the true defaults', () => {
    const spelledOut = Object.fromEntries([...exampleVariables()].filter(([, value]) => value !== ''))
    const config = readConfig(spelledOut)
    const defaults = readConfig({})
    const compared = (one: Config) => ({
      ...one,
      workerMetricsPort: one.workerMetricsPort.port,
      machine: undefined,
      variables: undefined,
    })
    expect(compared(config)).toEqual(compared(defaults))
  })

  test('PORT=0 means any free port for every part', () => {
    const { port, sandboxPort, temporalPort, temporalUiPort, workerMetricsPort } = readConfig({ PORT: '0' })
    expect([port, sandboxPort, temporalPort, temporalUiPort, workerMetricsPort.port]).toEqual([0, 0, 0, 0, 0])
  })

  test('a port that was asked for stays that port beside PORT=0', () => {
    expect(readConfig({ PORT: '0', SANDBOX_PORT: '4100' }).sandboxPort).toBe(4100)
  })

  test('every problem is listed at once and no password is repeated', () => {
    const read = () =>
      readConfig({
        PORT: '70000',
        DATABASE_URL: 'mysql://root:hunter2@db/x',
        LOG_LEVEL: 'loud',
        RATE_LIMIT_SCALE: '0',
        TEMPORAL_ADDRESS: 'http://temporal:7233',
      })
    expect(read).toThrow(
      new ConfigError([
        'PORT is "70000", expected a whole number between 0 and 65535',
        'TEMPORAL_ADDRESS is "http://temporal:7233", expected host:port, such as localhost:7233',
        'DATABASE_URL is not a URL that starts with postgres:// or postgresql://',
        'RATE_LIMIT_SCALE is "0", expected a number above 0',
        'LOG_LEVEL is "loud", expected one of trace, debug, info, warn, error, silent',
      ]),
    )
  })

  test('a receiver of notices needs a secret, whose value is not repeated', () => {
    const NOTIFY_WEBHOOK_URL = 'https://pager.test/hook'
    const secret = `whsec_${'c2VjcmV0'.repeat(4)}`
    expect(readConfig({ NOTIFY_WEBHOOK_URL, NOTIFY_WEBHOOK_SECRET: secret }).notify).toEqual({
      url: NOTIFY_WEBHOOK_URL,
      secret,
    })
    expect(readConfig({}).notify).toBeNull()
    expect(() => readConfig({ NOTIFY_WEBHOOK_URL, NOTIFY_WEBHOOK_SECRET: 'hunter2' })).toThrow(
      new ConfigError([
        'NOTIFY_WEBHOOK_SECRET is needed with NOTIFY_WEBHOOK_URL: whsec_ and at least 24 bytes in base64',
      ]),
    )
  })

  test('empty values count as absent and a list of desks is split', () => {
    const config = readConfig({ REDIS_URL: ' ', DESK: 'electronics-store, ./desks/mine.ts' })
    expect([config.redisUrl, config.desks]).toEqual([undefined, ['electronics-store', './desks/mine.ts']])
  })
})
