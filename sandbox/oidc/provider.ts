// The demo company's OpenID Connect issuer: code + PKCE for the console, and the demo grant for scripts.
import { Provider, interactionPolicy } from 'oidc-provider'
import type { ClientMetadata, Configuration, KoaContextWithOIDC, ResourceServer } from 'oidc-provider'
import type { Store } from '../store/database.ts'
import { claimsOfAccount } from './accounts.ts'
import { demoGrantType, registerDemoGrant } from './demo-grant.ts'
import type { IssuerKeys } from './keys.ts'
import { oidcRecords } from './records.ts'

/** The audience of every access token. */
export const audience = 'everdesk'

const resource = 'urn:everdesk:api'
const tokenLife = 12 * 3600
const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/

const api: ResourceServer = {
  audience,
  scope: 'openid profile',
  accessTokenFormat: 'jwt',
  accessTokenTTL: tokenLife,
  jwt: { sign: { alg: 'ES256' } },
}

/** The issuer `<publicUrl>/oidc`; its sign-in page is at `/oidc/interaction/{uid}` (see sign-in.ts). */
export function createIssuer(store: Store, keys: IssuerKeys, publicUrl: string): Provider {
  const provider = new Provider(`${publicUrl}/oidc`, configuration(store, keys))
  // The console runs on whatever port is free, so any loopback address may be returned to.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => loopback.test(uri)
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri: string) => loopback.test(uri)
  registerDemoGrant(provider, store, api, resource)
  return provider
}

/** A page of everdesk, on whatever loopback port it has: a public client with code and PKCE. */
const page = (client_id: string): ClientMetadata => ({
  client_id,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback'],
})

function configuration(store: Store, keys: IssuerKeys): Configuration {
  return {
    adapter: oidcRecords(store),
    jwks: keys.jwks,
    cookies: { keys: keys.cookieSecrets },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clients: [
      page('everdesk-console'),
      page('everdesk-chat'),
      {
        client_id: 'everdesk-demo',
        token_endpoint_auth_method: 'none',
        grant_types: [demoGrantType],
        response_types: [],
        redirect_uris: [],
      },
    ],
    claims: { openid: ['sub', 'role', 'tier'], profile: ['name'] },
    clientBasedCORS: (_ctx, origin) => loopback.test(origin),
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      // The provider's own page would load a font from elsewhere.
      rpInitiatedLogout: { logoutSource: signOutPage },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => api,
      },
    },
    findAccount: (_ctx, account) => {
      const person = claimsOfAccount(store, account)
      return person && { accountId: account, claims: () => ({ ...person }) }
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, jwt) => {
          const account = 'accountId' in token ? token.accountId : undefined
          const person = account === undefined ? undefined : claimsOfAccount(store, account)
          if (person) Object.assign(jwt.payload, person)
        },
      },
    },
    interactions: { policy: signInOnly(), url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      // Everything here is first-party: what is asked for is granted, without a consent page.
      const { client, session, provider } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      grant.addResourceScope(resource, 'openid profile')
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    renderError: (ctx, out) => {
      ctx.type = 'text'
      ctx.body = `${out.error}: ${out.error_description ?? ''}\n`
    },
    ttl: {
      AccessToken: tokenLife,
      AuthorizationCode: 60,
      IdToken: tokenLife,
      Interaction: 3600,
      Session: tokenLife,
      Grant: tokenLife,
    },
  }
}

/** Asks who you are and nothing else: a native client would otherwise be asked for consent every time. */
function signInOnly(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return policy
}

/** `form` is the provider's, with its token; the button sends it. */
function signOutPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.type = 'html'
  ctx.body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>Sign out: demo company</title><h1>Sign out of the demo company?</h1>${form}
<button autofocus type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button type="submit" form="op.logoutForm">Stay signed in</button></html>`
}
