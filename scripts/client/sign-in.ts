// Demo tokens, one for each customer, asked for when first needed.
import { demoToken } from '../../src/demo-sign-ins.ts'
import type { DemoPerson } from '../../src/demo-sign-ins.ts'

/** Returns the token of a person; `fresh` replaces the cached one, which has expired. */
export type SignIns = (person: DemoPerson, fresh: boolean) => Promise<string>

/** Sign-ins at an issuer; a refusal is not cached. */
export function createSignIns(issuer: string): SignIns {
  const tokens = new Map<string, Promise<string>>()
  return (person, fresh) => {
    const key = `${person.role} ${person.sub}`
    const known = fresh ? undefined : tokens.get(key)
    if (known !== undefined) return known
    const asked = demoToken(issuer, person)
    tokens.set(key, asked)
    asked.catch(() => tokens.delete(key))
    return asked
  }
}
