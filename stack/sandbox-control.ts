// The sandbox as a test rules it: faults, the scripted model's pace, and the ledger of what really happened.
export type LedgerRow = {
  seq: number
  at: string
  system: string
  kind: 'effect' | 'model_call'
  operation: string
  business_key: string
  idempotency_key?: string
  reference?: string
  customer_id?: string
  amount_cents?: number
  repeated: number
}

export type SandboxControl = ReturnType<typeof createSandboxControl>

export function createSandboxControl(url: string) {
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
  return {
    url,
    fault: (fault: {
      target: string
      kind: string
      operation?: string
      rate?: number
      count?: number
      delay_ms?: number
    }) => post('/_faults', fault),
    /** Calls that the faults set now have struck. */
    async hits(): Promise<number> {
      const answer = await fetch(`${url}/_faults`)
      const { data } = (await answer.json()) as { data: { hits: number }[] }
      return data.reduce((sum, { hits }) => sum + hits, 0)
    },
    heal: async () => void (await fetch(`${url}/_faults`, { method: 'DELETE' })),
    /** How long the model thinks, and how fast it writes (0: at once). */
    model: (pace: { latency_ms?: number; tokens_per_second?: number }) => post('/_model', pace),
    async ledger(): Promise<LedgerRow[]> {
      const answer = await fetch(`${url}/_ledger`)
      return ((await answer.json()) as { data: LedgerRow[] }).data
    },
    async effects(operation?: string): Promise<LedgerRow[]> {
      const rows = await this.ledger()
      return rows.filter((row) => row.kind === 'effect' && (operation === undefined || row.operation === operation))
    },
    async modelCalls(): Promise<number> {
      return (await this.ledger()).filter((row) => row.kind === 'model_call').length
    },
  }
}
