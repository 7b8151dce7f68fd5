// `npm run --silent token -- --role customer --sub cust_1001`: prints one demo bearer token, and nothing else.
import { parseArgs } from 'node:util'
import { readAddresses } from '../src/startup/addresses.ts'
import { companySystems } from '../src/startup/company-systems.ts'
import { readConfig } from '../src/config.ts'
import { demoToken } from '../src/startup/demo-sign-ins.ts'

const ROLES = ['customer', 'agent', 'supervisor', 'admin'] as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { role: { type: 'string' }, sub: { type: 'string' } } })
  const role = ROLES.find((each) => each === (values.role ?? 'customer'))
  if (role === undefined) throw new Error(`--role is one of ${ROLES.join(', ')}`)
  const config = readConfig()
  const named = config.oidcIssuer !== undefined || config.sandboxUrl !== undefined
  const running = named ? undefined : await readAddresses(config.home)
  const sub = values.sub ?? (role === 'customer' ? 'cust_1001' : `${role}_1`)
  console.log(await demoToken(running?.issuer ?? companySystems(config).issuer, { role, sub }))
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
