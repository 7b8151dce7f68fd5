// A PostgreSQL of our own, in a temporary folder: to crash and start again, and to measure alone. Without the server's programs
// on this machine, a database of our own on a server that somebody names.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { freePort } from '../src/temporal/free-port.ts'

/** A PostgreSQL to work on. */
export interface PostgresServer {
  /** Of an empty database of our own. */
  url: string
  /** Ends every connection to that database; returns how many there were. */
  cutConnections(): Promise<number>
  /** Only of a server of our own. */
  server?: {
    /** Process id of the postmaster; changes with each start. */
    pid(): number
    /** Ends it at once; what was committed is recovered from its log at the next start. */
    crash(): Promise<void>
    start(): Promise<void>
  }
  close(): Promise<void>
}

/** The folder of `initdb` and `postgres`, the newest first; undefined when they are not installed. */
export function postgresPrograms(): string | undefined {
  const folders = globSync('/usr/lib/postgresql/*/bin').sort().reverse()
  return [...folders, '/usr/bin', '/usr/local/bin'].find((folder) => existsSync(join(folder, 'initdb')))
}

/** Starts a server of our own; see postgresPrograms. Settings are the server's defaults but for connections. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms()
  if (!programs) throw new Error('PostgreSQL is not installed here: `apt-get install postgresql`')
  const folder = await mkdtemp(join(tmpdir(), 'everdesk-postgres-'))
  // The server refuses to run as root.
  const owner = process.getuid?.() === 0 ? ownerOf('postgres') : undefined
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const initdb = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]
  execFileSync(join(programs, 'initdb'), initdb, { ...owner, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const admin = `postgres://postgres@127.0.0.1:${port}/postgres`
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, max_connections: '300' }
  let running: ChildProcess

  const start = async (): Promise<void> => {
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...options], {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    })
    running = child
    for (const deadline = Date.now() + 30_000; ; await sleep(50)) {
      if (await answers(admin)) return
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('our PostgreSQL did not start')
    }
  }
  const crash = async (): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, 'exit')
    running.kill('SIGQUIT')
    await gone
  }
  await start()
  const database = await createDatabase(admin)
  return {
    ...database,
    server: { pid: () => running.pid ?? 0, crash, start },
    async close() {
      await crash()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A database of our own on the server at `admin`, the URL of its maintenance database; `close` drops it. */
export async function createDatabase(admin: string): Promise<PostgresServer> {
  const name = `everdesk_${randomBytes(6).toString('hex')}`
  await query(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async cutConnections() {
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`
      return (await query(admin, cut)).length
    },
    close: async () => void (await query(admin, `drop database if exists ${name} with (force)`)),
  }
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows as unknown[]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function answers(url: string): Promise<boolean> {
  return query(url, 'select 1').then(
    () => true,
    () => false,
  )
}

function ownerOf(user: string): { uid: number; gid: number } {
  const number = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}
