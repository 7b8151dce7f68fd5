// Tokens without a browser, for scripts and tests. The exact request:
//   POST <issuer>/token   content-type: application/x-www-form-urlencoded
//   grant_type=urn:everdesk:demo&client_id=everdesk-demo&role=customer&sub=cust_1001
// -> 200 {access_token (a JWT, aud `everdesk`), token_type: Bearer, expires_in}; 400 {error: invalid_request, error_description}.
import { errors } from 'oidc-provider'
import type Provider from 'oidc-provider'
import type { Store } from '../store/database.ts'
import { accountId, personClaims, roles } from './accounts.ts'

/** The grant type's name. */
export const demoGrantType = 'urn:everdesk:demo'

/** Registers the grant; `resourceServer` is the platform's API, which the tokens are for. */
export function registerDemoGrant(
  provider: Provider,
  store: Store,
  resourceServer: ConstructorParameters<Provider['ResourceServer']>[1] & object,
  audience: string,
): void {
  provider.registerGrantType(
    demoGrantType,
    async (ctx) => {
      const { role: wanted, sub, tier } = (ctx.oidc.params ?? {}) as Record<string, unknown>
      const role = roles.find((known) => known === wanted)
      if (!role) throw new errors.InvalidRequest(`role must be one of ${roles.join(', ')}`)
      if (typeof sub !== 'string') throw new errors.InvalidRequest('sub must be given')
      const person = personClaims(store, role, sub)
      if (!person) throw new errors.InvalidRequest(`there is no ${role} ${sub.slice(0, 100)}`)
      if (tier !== undefined && tier !== person.tier) throw new errors.InvalidRequest('tier is not that of this person')
      const { client } = ctx.oidc
      if (!client) throw new errors.InvalidClient('client not found')
      const token = new provider.AccessToken({
        client,
        accountId: accountId(person),
        resourceServer: new provider.ResourceServer(audience, resourceServer),
        grantId: demoGrantType,
        gty: demoGrantType,
      })
      ctx.oidc.entity('AccessToken', token)
      ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration }
    },
    ['role', 'sub', 'tier', 'scope', 'resource'],
  )
}
