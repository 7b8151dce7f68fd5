// How many model calls the sandbox has seen, read piece by piece: its ledger only grows.
type Row = { seq: number; kind: string; operation: string }

/** A reader that returns the number of chat calls since it was last asked (or made). */
export async function followLedger(sandbox: string): Promise<() => Promise<number>> {
  let last = 0
  const read = async (): Promise<number> => {
    const response = await fetch(`${sandbox}/_ledger?after=${last}&system=model`)
    const { data } = (await response.json()) as { data: Row[] }
    last = data.at(-1)?.seq ?? last
    return data.filter(({ operation }) => operation === 'chat.completions').length
  }
  await read()
  return read
}
