// `npm run temporal:postgres [-- URL]`: a Temporal server on PostgreSQL in the foreground, until Ctrl-C. URL is the maintenance
// database of a server whose user may create databases; the databases stay.
import { readConfig } from '../src/config.ts'
import { startTemporalOnPostgres } from './temporal-postgres/server.ts'

const [admin = 'postgres://postgres@127.0.0.1:5432/postgres'] = process.argv.slice(2)
const note = (line: string) => console.error(line)
try {
  const server = await startTemporalOnPostgres({ admin, port: readConfig().temporalPort, note })
  console.log(`Temporal on PostgreSQL: ${server.address}, namespace ${server.namespace}`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void server.close())
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
