// One run: sends every row, then asks the store and the ledger what really happened.
import { createClient } from '../scripts/client/client.ts'
import { createSignIns } from '../scripts/client/sign-in.ts'
import type { Addresses } from '../src/addresses.ts'
import { customerOf } from './customers.ts'
import { inParallel } from './in-parallel.ts'
import { effectsOf, readCalmLedger, readLedger } from './ledger.ts'
import type { RowResult } from './row-result.ts'
import { sendRow, type SentRow } from './send-row.ts'
import { strayCopies } from './stray-copies.ts'
import type { Utterance } from './utterances.ts'

/** What to send, and where to. */
export interface RunRequest {
  rows: Utterance[]
  addresses: Addresses
  concurrency: number
  /** Names this run in message ids, so that a second run on the same stack starts conversations of its own. */
  name: string
  /** Shifts the customers. */
  from: number
  signal: AbortSignal
  onResult: (result: RowResult) => void
}

/** What a run found; `modelCalls` is null when there is no sandbox to ask. */
export interface RunOutcome {
  results: RowResult[]
  modelCalls: number | null
}

/** A row's request may be held for 60 s, and its store be busy. */
const PATIENCE = 30_000

/** Runs it. Rejects only when the ledger or the issuer cannot be read at all. */
export async function run(request: RunRequest): Promise<RunOutcome> {
  const { rows, addresses, concurrency, name, from, signal, onResult } = request
  const signIns = createSignIns(addresses.issuer)
  const clientFor = (person: Parameters<typeof signIns>[0]) =>
    createClient({ api: addresses.api, token: (fresh) => signIns(person, fresh), patience: PATIENCE })
  const { sandbox } = addresses
  const since = new Date(Date.now() - 1_000)
  const before = sandbox === undefined ? undefined : ((await readLedger(sandbox)).at(-1)?.seq ?? 0)

  const all = await inParallel(rows, { most: concurrency, signal }, async (row, index) => {
    const outcome = await sendRow({
      row,
      messageId: `eval-${name}-${row.id}`,
      clientOf: (tries) => clientFor({ role: 'customer', sub: customerOf(index + tries * rows.length, from) }),
      signal,
    })
    onResult(outcome.result)
    return outcome
  })

  // What an interrupt cut off is neither lost nor refused.
  const sent = signal.aborted ? all.filter(({ result }) => !/lost|refused/.test(result.outcome)) : all
  const ledger = sandbox === undefined ? [] : await readCalmLedger(sandbox, before ?? 0)
  const copies = await strayCopies(clientFor({ role: 'agent', sub: 'agent_1' }), {
    since,
    conversations: new Set(sent.flatMap(({ result }) => result.conversation_id ?? [])),
    messages: new Set(sent.map(({ messageId }) => messageId)),
  })
  return {
    results: sent.map((row) => withEffects(row, ledger, copies)),
    modelCalls: sandbox === undefined ? null : ledger.filter(({ kind }) => kind === 'model_call').length,
  }
}

function withEffects(
  { result, messageId, handoffs }: SentRow,
  ledger: Parameters<typeof effectsOf>[0],
  copies: string[],
): RowResult {
  const copied = copies.includes(messageId) ? ['a second conversation has the same message'] : []
  if (result.conversation_id === undefined) return { ...result, doubled: copied }
  const { writes, doubled } = effectsOf(ledger, { conversation: result.conversation_id, handoffs })
  return { ...result, writes, doubled: [...result.doubled, ...doubled, ...copied] }
}
