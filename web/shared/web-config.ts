// What the pages know of this installation, from the API that serves them.

export type WebConfig = {
  version: string
  /** OpenID Connect issuer; everything else of it is found by discovery. */
  issuer: string
  console_client_id: string
  chat_client_id: string
  /** Sent as `audience` when a code is asked for; issuers without that parameter ignore it. */
  audience: string
  /** Sent as `resource` (RFC 8707) when set. */
  resource?: string
  /** What is asked for; `openid profile` when unset. */
  scope?: string
  desk: string
  /** Path of the API reference. */
  docs: string
  /** A scripted model answers. */
  rehearsal?: boolean
  /** URLs of what runs beside the API, when it is `npm start` that runs. */
  places?: { temporal_ui?: string; worker_metrics?: string }
}

/** Throws when the API does not answer. */
export async function readWebConfig(): Promise<WebConfig> {
  const response = await fetch('/web/config.json')
  if (!response.ok) throw new Error(`/web/config.json answered ${response.status}`)
  return (await response.json()) as WebConfig
}
