import type { Config } from '../config.ts'

/** Where the company's systems are. */
export type CompanySystems = {
  /** Base URL of the model API, with /v1. */
  modelUrl: string
  /** OpenID Connect issuer. */
  issuer: string
  crmUrl: string
  ordersUrl: string
  billingWsdl: string
  ticketingUrl: string
}

/** Each system from its own variable, else from the sandbox; `sandboxUrl` is the one that was just started, if any. */
export function companySystems(config: Config, sandboxUrl = usualSandboxUrl(config)): CompanySystems {
  // A key without a base URL means the provider itself.
  const providerUrl = config.openaiApiKey === undefined ? `${sandboxUrl}/v1` : 'https://api.openai.com/v1'
  return {
    modelUrl: config.openaiBaseUrl ?? providerUrl,
    issuer: config.oidcIssuer ?? `${sandboxUrl}/oidc`,
    crmUrl: config.crmUrl ?? `${sandboxUrl}/crm`,
    ordersUrl: config.ordersUrl ?? `${sandboxUrl}/orders`,
    billingWsdl: config.billingWsdl ?? `${sandboxUrl}/billing?wsdl`,
    ticketingUrl: config.ticketingUrl ?? `${sandboxUrl}/ticketing`,
  }
}

function usualSandboxUrl({ sandboxUrl, sandboxPort }: Config): string {
  return sandboxUrl ?? `http://127.0.0.1:${sandboxPort}`
}
