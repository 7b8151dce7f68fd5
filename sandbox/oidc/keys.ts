import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'

/** What the issuer signs with: a private JWKS (ES256) and the secrets of its cookies. */
export interface IssuerKeys {
  jwks: { keys: JWK[] }
  cookieSecrets: string[]
}

/** Reads `<home>/sandbox-oidc-keys.json`, or makes it once: a restart must not invalidate tokens. */
export async function loadIssuerKeys(home: string): Promise<IssuerKeys> {
  const file = join(home, 'sandbox-oidc-keys.json')
  if (existsSync(file)) {
    const kept: IssuerKeys = JSON.parse(readFileSync(file, 'utf8'))
    return kept
  }
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomBytes(8).toString('hex') }
  const keys = { jwks: { keys: [key] }, cookieSecrets: [randomBytes(32).toString('hex')] }
  mkdirSync(home, { recursive: true })
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}
