// Proof that the measured turn was the turn we say: by the store's own rows, and by the sandbox's ledger.
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../src/kernel/tables.ts'
import { MODEL_CALLS, READS } from './the-turn.ts'

/** What the store says of the turns that began at `since` or later; `wrong` had other calls or reads, or a failed one. */
export type TurnsChecked = { turns: number; wrong: number; modelCalls: number; reads: number }

export async function checkTurns(db: Kysely<Tables>, since: Date): Promise<TurnsChecked> {
  const { rows } = await sql<TurnsChecked>`
    select count(*)::int as turns,
      (count(*) filter (where calls <> ${MODEL_CALLS} or reads <> ${READS} or others > 0))::int as wrong,
      coalesce(sum(calls), 0)::int as "modelCalls", coalesce(sum(reads), 0)::int as reads
    from turns t
    cross join lateral (
      select count(*) as calls from usage u where u.conversation_id = t.conversation_id and u.turn = t.number
    ) paid
    cross join lateral (
      select count(*) filter (where kind = 'tool' and outcome = 'ok') as reads,
        count(*) filter (where kind = 'prefetch' or (kind = 'tool' and outcome <> 'ok')) as others
      from steps s where s.conversation_id = t.conversation_id and s.turn = t.number
    ) made
    where t.started_at >= ${since} and t.ended_at is not null`.execute(db)
  return rows[0] ?? { turns: 0, wrong: 0, modelCalls: 0, reads: 0 }
}

/** Throws when the turns were not the turn: the figures would be of something else. */
export function mustBeTheTurn({ turns, wrong, modelCalls, reads }: TurnsChecked, ledgerCalls: number): void {
  const share = (count: number) => (turns === 0 ? '0' : (count / turns).toFixed(2))
  if (turns > 0 && wrong === 0 && modelCalls === ledgerCalls) return
  throw new Error(
    `The run is invalid: ${wrong} of ${turns} turns were not ${MODEL_CALLS} model calls and ${READS} reads ` +
      `(on average ${share(modelCalls)} and ${share(reads)}; the sandbox's ledger has ${share(ledgerCalls)} calls a turn).`,
  )
}
