// `npm run audit:verify`: walks the audit log's chain and says whether it holds. Exit code 0 when it does, 1 when it does not or
// could not be checked. The embedded store belongs to one process, so a running everdesk is asked to walk it itself.
import { parseArgs } from 'node:util'
import { openDatabase } from '../src/adapters/postgres.ts'
import { type Config, readConfig } from '../src/config.ts'
import type { Tables } from '../src/kernel/tables.ts'
import { type AuditCheck, verifyAudit } from '../src/kernel/verify-audit.ts'
import { demoToken } from '../src/startup/demo-sign-ins.ts'
import { verdict } from './audit-verify/verdict.ts'
import { findRunning } from './client/running-everdesk.ts'

const TENANT = 'default'
const ANCHOR = /^(\d{1,15}):([0-9a-f]{64})$/

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { anchor: { type: 'string' }, json: { type: 'boolean' } } })
  const anchor = readAnchor(values.anchor)
  const config = readConfig()
  const check = (await askRunning(config, values.anchor)) ?? (await walk(config, anchor))
  console.log(values.json ? JSON.stringify(check) : verdict(check))
  if (check.broken) process.exitCode = 1
}

function readAnchor(text: string | undefined): { position: number; hash: string } | undefined {
  if (text === undefined) return undefined
  const [, position, hash] = ANCHOR.exec(text) ?? []
  if (hash === undefined) throw new Error('--anchor is <position>:<hash>, as this command prints them.')
  return { position: Number(position), hash }
}

async function walk(config: Config, anchor: { position: number; hash: string } | undefined): Promise<AuditCheck> {
  const from = config.databaseUrl === undefined ? { home: config.home } : { url: config.databaseUrl }
  const database = await openDatabase<Tables>({ from })
  try {
    return await verifyAudit({ db: database.db, tenant: TENANT }, anchor)
  } finally {
    await database.close()
  }
}

/** Undefined when no everdesk holds the embedded store. */
async function askRunning(config: Config, anchor: string | undefined): Promise<AuditCheck | undefined> {
  if (config.databaseUrl !== undefined) return undefined
  const running = await findRunning(config.home)
  if (!running) return undefined
  const token = await demoToken(running.issuer, { role: 'supervisor', sub: 'supervisor_1' })
  const query = anchor === undefined ? '' : `?anchor=${anchor}`
  const response = await fetch(`${running.api}/v1/audit/verification${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok) throw new Error(`The running everdesk answers ${response.status}; stop it and try again.`)
  return (await response.json()) as AuditCheck
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
