// `npm run migrate`: brings the store that the environment names up to date.
import { migrate } from '../src/adapters/migrations.ts'
import { openDatabase } from '../src/adapters/postgres.ts'
import { readConfig } from '../src/config.ts'

try {
  const { databaseUrl, home } = readConfig()
  const database = await openDatabase({ from: databaseUrl === undefined ? { home } : { url: databaseUrl } })
  try {
    const applied = await migrate(database)
    console.log(applied.length === 0 ? 'The store is up to date.' : `Applied ${applied.join(', ')}.`)
  } finally {
    await database.close()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
