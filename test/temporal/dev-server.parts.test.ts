import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client, Connection } from '@temporalio/client'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { connectTemporal } from '../../src/temporal/connection.ts'
import { startDevServer } from '../../src/temporal/dev-server.ts'
import type { DevServer } from '../../src/temporal/dev-server.ts'
import { databaseFile, rememberDevServer, stopLeftoverDevServer } from '../../src/temporal/leftover-dev-server.ts'
import { registerSearchAttributes } from '../../src/temporal/search-attributes.ts'
import { SEARCH_ATTRIBUTES } from '../../src/workflows/messages.ts'
import { isAlive } from '../support/is-alive.ts'
import { startProcess } from '../support/processes.ts'

let home: string
let notes: string[]
const servers: DevServer[] = []
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'everdesk-dev-server-'))
  notes = []
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  await rm(home, { recursive: true, force: true })
})

async function start(patience?: number): Promise<DevServer> {
  const executable = inject('temporalExecutable')
  const server = await startDevServer({
    executable,
    home,
    port: 0,
    uiPort: 0,
    note: (line) => void notes.push(line),
    ...(patience === undefined ? {} : { patience }),
  })
  servers.push(server)
  return server
}

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await connectTemporal({ address, namespace: 'default' })
  try {
    return await use(new Client({ connection }))
  } finally {
    await connection.close()
  }
}

const startOne = (client: Client) =>
  client.workflow.start('conversationWorkflow', { taskQueue: 'conversations', workflowId: 'conversation/kept' })
const describeOne = async (client: Client) =>
  (await client.workflow.getHandle('conversation/kept').describe()).status.name

describe('the dev server', () => {
  test('is healthy when returned, keeps its workflows over a restart, and leaves no process', async () => {
    const first = await start()
    await withClient(first.address, startOne)
    expect((await fetch(first.uiUrl)).status).toBe(200)
    const pid = first.pid()
    await first.stop()
    expect(isAlive(pid)).toBe(false)
    const second = await start()
    expect(await withClient(second.address, describeOne)).toBe('RUNNING')
    await second.stop()
    expect(notes).toEqual([])
  })

  test('comes back by itself on the same port after kill -9, with its workflows', async () => {
    const server = await start()
    await withClient(server.address, startOne)
    process.kill(server.pid(), 'SIGKILL')
    await vi.waitFor(() => expect(notes).toContain('The Temporal dev server is back'), 20_000)
    expect(await withClient(server.address, describeOne)).toBe('RUNNING')
    await server.stop()
  })

  test('P7: is ended and started again when it lives but answers nothing any more', async () => {
    const server = await start(4_000)
    await withClient(server.address, startOne)
    const before = server.pid()
    process.kill(before, 'SIGSTOP')
    await vi.waitFor(() => expect(notes).toContain('The Temporal dev server is back'), 60_000)
    expect(server.pid()).not.toBe(before)
    expect(await withClient(server.address, describeOne)).toBe('RUNNING')
    await server.stop()
  })

  test('starts fresh when its file was deleted while stopped', async () => {
    const first = await start()
    await withClient(first.address, startOne)
    process.kill(first.pid(), 'SIGSTOP') // its write-ahead log stays behind
    process.kill(first.pid(), 'SIGKILL')
    await first.stop()
    await rm(databaseFile(home))
    const second = await start()
    await expect(withClient(second.address, describeOne)).rejects.toThrow(/not found/i)
    expect(await withClient(second.address, startOne)).toBeDefined()
    await second.stop()
  })

  test('that a killed everdesk left is stopped by the next start', async () => {
    const script = `
      import { startDevServer } from ${JSON.stringify(join(import.meta.dirname, '../../src/temporal/dev-server.ts'))}
      const options = { executable: process.env.CLI, home: process.env.FOLDER, port: 0, uiPort: 0, note: console.log }
      console.log('pid', (await startDevServer(options)).pid())
      setInterval(() => {}, 1000)`
    const other = await startProcess({
      args: ['--input-type=module-typescript', '--eval', script],
      env: { CLI: inject('temporalExecutable'), FOLDER: home },
    })
    const pid = Number((await other.waitFor(/pid (\d+)/))[1])
    await other.kill('SIGKILL')
    expect(isAlive(pid)).toBe(true)
    const server = await start()
    expect(isAlive(pid)).toBe(false)
    await server.stop()
  })

  test('a process that only has the remembered id is left alone', async () => {
    const stranger = spawn('sleep', ['30'])
    await rememberDevServer(home, stranger.pid ?? 0)
    expect(await stopLeftoverDevServer(home)).toBe(false)
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
    stranger.kill()
    await writeFile(join(home, 'temporal.pid'), 'nonsense')
    expect(await stopLeftoverDevServer(home)).toBe(false)
  })

  test('that cannot start says why and leaves nothing', async () => {
    await writeFile(databaseFile(home), 'this is not a database at all, it is a poem of some length')
    await expect(start()).rejects.toThrow(/the Temporal dev server ended: .*not a database/)
    const left = Number(await readFile(join(home, 'temporal.pid'), 'utf8'))
    expect(isAlive(left)).toBe(false)
  })
})

describe('search attributes', () => {
  test('are registered once, whoever comes first, and usable afterwards', async () => {
    const address = inject('temporalAddress')
    const connections = await Promise.all([1, 2, 3].map(() => Connection.connect({ address })))
    const [first] = connections
    const namespace = `attributes-${Date.now()}`
    const create = ['operator', 'namespace', 'create', '--namespace', namespace, '--address', address]
    await promisify(execFile)(inject('temporalExecutable'), create)
    await sleep(1_200) // a fresh namespace is known to all of the server a little later
    await Promise.all(connections.map((connection) => registerSearchAttributes(connection, namespace)))
    const listed = await first?.operatorService.listSearchAttributes({ namespace })
    expect(Object.keys(listed?.customAttributes ?? {})).toEqual(
      expect.arrayContaining(Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name)),
    )
    await Promise.all(connections.map((connection) => connection.close()))
  })
})

describe('an unreachable Temporal', () => {
  test('is one line that says what to do', async () => {
    const connecting = connectTemporal({ address: '127.0.0.1:9', namespace: 'default', patience: 500 })
    await expect(connecting).rejects.toThrow(
      'Temporal does not answer at 127.0.0.1:9, namespace "default" (connect ECONNREFUSED 127.0.0.1:9). Start it, correct ' +
        'TEMPORAL_ADDRESS or TEMPORAL_NAMESPACE, or unset TEMPORAL_ADDRESS to use the built-in dev server.',
    )
  })
})
