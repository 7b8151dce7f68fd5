// The two databases of a Temporal on PostgreSQL, with the schemas that its tool has inside.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Client } from 'pg'

/** Names of the databases on one server. */
export type TemporalDatabases = { main: string; visibility: string }

const SCHEMAS = { main: 'postgresql/v12/temporal', visibility: 'postgresql/v12/visibility' } as const

/** Creates what is missing and brings both schemas up to date; safe to repeat. `admin`: URL of the maintenance database. */
export async function setUpDatabases(sqlTool: string, admin: string, databases: TemporalDatabases): Promise<void> {
  await Promise.all(
    (['main', 'visibility'] as const).map(async (kind) => {
      const run = toolOn(sqlTool, admin, databases[kind])
      if (!(await exists(admin, databases[kind]))) await run('create-database')
      if (!(await hasSchema(admin, databases[kind]))) await run('setup-schema', '--version', '0.0')
      await run('update-schema', '--schema-name', SCHEMAS[kind])
    }),
  )
}

/** Bytes of both databases after a vacuum. */
export async function databaseBytes(admin: string, databases: TemporalDatabases): Promise<number> {
  const sizes = await Promise.all(
    Object.values(databases).map(async (name) => {
      return onServer(on(admin, name), async (client) => {
        await client.query('vacuum (full, analyze)')
        const { rows } = await client.query('select pg_database_size(current_database())::float8 as bytes')
        return Number((rows as { bytes: number }[])[0]?.bytes)
      })
    }),
  )
  return sizes.reduce((sum, each) => sum + each, 0)
}

function toolOn(sqlTool: string, admin: string, database: string) {
  const { hostname, port, username, password } = new URL(admin)
  const server = ['--plugin', 'postgres12', '--endpoint', hostname, '--port', port || '5432', '--user', username]
  const secret = password === '' ? [] : ['--password', decodeURIComponent(password)]
  return async (...command: string[]): Promise<void> => {
    await promisify(execFile)(sqlTool, [...server, ...secret, '--database', database, ...command])
  }
}

const exists = (admin: string, name: string): Promise<boolean> =>
  onServer(admin, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    return rowCount === 1
  })

const hasSchema = (admin: string, name: string): Promise<boolean> =>
  onServer(on(admin, name), async (client) => {
    const { rows } = await client.query("select to_regclass('schema_version') is not null as found")
    return (rows as { found: boolean }[])[0]?.found === true
  })

function on(admin: string, database: string): string {
  const url = new URL(admin)
  url.pathname = `/${database}`
  return url.href
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
