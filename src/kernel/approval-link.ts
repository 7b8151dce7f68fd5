// Links by which one person may decide on exactly one request: approval, digest, person, role and expiry under one HMAC.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Approver } from '../domain/approvers.ts'
import type { Kernel } from './kernel.ts'
import { subjectRefKey } from './installation.ts'
import type { ApprovalRow, Tables } from './tables.ts'

/** What a link says; `expires` in milliseconds since the epoch. */
export type LinkClaims = { approval: string; digest: string; person: Approver; expires: number }

export function signLink(secret: string, claims: LinkClaims): string {
  const { approval, digest, person, expires } = claims
  const body = Buffer.from(JSON.stringify([approval, digest, person.id, person.name, person.role, expires]))
  const text = body.toString('base64url')
  return `${text}.${macOf(secret, text).toString('base64url')}`
}

/** Null for what we did not sign, what is over, and whoever is no approver any more. */
export function readLink(
  secret: string,
  token: string,
  now: { time: number; approvers: readonly Approver[] },
): LinkClaims | null {
  const [text = '', mac = '', ...rest] = token.split('.')
  const given = Buffer.from(mac, 'base64url')
  const right = macOf(secret, text)
  if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null
  const [approval, digest, id, name, role, expires] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    string,
    string,
    string,
    string,
    Approver['role'],
    number,
  ]
  const person = now.approvers.find((one) => one.id === id && one.name === name && one.role === role)
  return person && now.time < expires ? { approval, digest, person, expires } : null
}

const macOf = (secret: string, text: string): Buffer =>
  createHmac('sha256', secret).update(`approval-link/${text}`).digest()

/** APPROVAL_LINK_SECRET, else one made once for the installation. Inside a transaction pass that: there may be one connection. */
export async function linkSecret(kernel: Kernel, db: Kysely<Tables> = kernel.db): Promise<string> {
  if (kernel.links.secret !== null) return kernel.links.secret
  const read = async () =>
    (
      await db
        .selectFrom('installation')
        .select('approval_link_secret as secret')
        .where('tenant_id', '=', kernel.tenant)
        .executeTakeFirst()
    )?.secret ?? null
  const known = await read()
  if (known !== null) return known
  await subjectRefKey({ ...kernel, db })
  await db
    .updateTable('installation')
    .set({ approval_link_secret: randomBytes(32).toString('hex') })
    .where('tenant_id', '=', kernel.tenant)
    .where('approval_link_secret', 'is', null)
    .execute()
  const made = await read()
  if (made === null) throw new Error('The secret of approval links could not be written.')
  return made
}

/** The address of the page where this person decides. */
export async function linkFor(
  kernel: Kernel,
  db: Kysely<Tables>,
  approval: ApprovalRow,
  person: Approver,
): Promise<string> {
  const claims = { approval: approval.id, digest: approval.digest, person, expires: approval.expires_at.getTime() }
  const token = signLink(await linkSecret(kernel, db), claims)
  return `${kernel.publicUrl}/approvals/${approval.id}?token=${token}`
}
