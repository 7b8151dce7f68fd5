import { type RawBuilder, sql } from 'kysely'
import type { Kernel } from '../../kernel.ts'

/** What the parts of a report are counted within. */
export type Window = { from: Date; to: Date; desk: string | undefined; intent: string | undefined }

/** Conditions on the conversation `c`: its desk and intent. */
export const ofConversation = ({ tenant }: Kernel, { desk, intent }: Window): RawBuilder<boolean> =>
  sql<boolean>`c.tenant_id = ${tenant}
    and (${desk ?? null}::text is null or c.desk = ${desk ?? null}::text)
    and (${intent ?? null}::text is null or coalesce(c.intent, 'unknown') = ${intent ?? null}::text)`

/** The day of a time in UTC. A date, because rows are sorted by it; say it by `dayText`. */
export const dayOf = (time: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${time} at time zone 'UTC')::date`

export const dayText = sql<string | null>`to_char(day, 'YYYY-MM-DD')`

/** Both ends of the window, for a time. */
export const within = (time: RawBuilder<unknown>, { from, to }: Window): RawBuilder<boolean> =>
  sql<boolean>`${time} >= ${from} and ${time} <= ${to}`
