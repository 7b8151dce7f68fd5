// Signs in people of the demo company without a password. Only the sandbox's issuer gives such tokens; any other refuses.
import type { Tokens } from '../shared/sign-in.ts'
import type { DemoPerson } from './people.ts'

const DEMO_GRANT = 'urn:everdesk:demo'

/** Whether this issuer is the sandbox's: it says which grants it knows. */
export async function isSandboxIssuer(issuer: string): Promise<boolean> {
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`)
    const { grant_types_supported: grants } = (await response.json()) as { grant_types_supported?: unknown }
    return Array.isArray(grants) && grants.includes(DEMO_GRANT)
  } catch {
    return false
  }
}

/** Tokens of this person. */
export async function signInDemo(issuer: string, { role, sub }: DemoPerson): Promise<Tokens> {
  const form = new URLSearchParams({ grant_type: DEMO_GRANT, client_id: 'everdesk-demo', role, sub })
  const response = await fetch(`${issuer}/token`, { method: 'POST', body: form })
  if (!response.ok) throw new Error(`The issuer gives no token for ${role} ${sub}: status ${response.status}`)
  const { access_token, expires_in } = (await response.json()) as { access_token: string; expires_in: number }
  return { accessToken: access_token, expiresAt: Date.now() + expires_in * 1000 }
}
