// Ready-made bearer tokens of the sandbox's issuer, so that a newcomer can try the API without a browser.

/** Who to sign in. */
export type DemoPerson = {
  role: 'customer' | 'agent' | 'supervisor' | 'admin'
  /** Customers must be seeded ones, such as cust_1001. */
  sub: string
}

/** The people whose tokens `npm start` prints. */
export const DEMO_PEOPLE: DemoPerson[] = [
  { role: 'customer', sub: 'cust_1001' },
  { role: 'agent', sub: 'agent_1' },
  { role: 'supervisor', sub: 'supervisor_1' },
]

/** One bearer token. Rejects with a line for people when the issuer refuses or does not answer. */
export async function demoToken(issuer: string, { role, sub }: DemoPerson): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'urn:everdesk:demo', client_id: 'everdesk-demo', role, sub })
  let response: Response
  try {
    response = await fetch(`${issuer}/token`, { method: 'POST', body: form, signal: AbortSignal.timeout(5_000) })
  } catch {
    throw new Error(
      `The sandbox's issuer does not answer at ${issuer}. Run \`npm start\` (or \`npm run sandbox\`) first.`,
    )
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && typeof answer === 'object' && answer !== null && 'access_token' in answer) {
    return String(answer.access_token)
  }
  throw new Error(
    `The issuer ${issuer} gives no token for ${role} ${sub}: ${refusalOf(answer) ?? `status ${response.status}`}`,
  )
}

function refusalOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  if ('error_description' in answer) return String(answer.error_description)
  return 'error' in answer ? String(answer.error) : undefined
}
