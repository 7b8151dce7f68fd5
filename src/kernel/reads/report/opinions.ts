// What customers thought in the window: thumbs in all, by day, by intent, and by what wrote the reply; and how they rated the whole.
import { sql } from 'kysely'
import type { Kernel } from '../../kernel.ts'
import { dayOf, dayText, ofConversation, within, type Window } from './window.ts'

export type Opinion = { up: number; down: number }
type ByWriter = Opinion & { specialist: string; model: string | null; prompt_version: string | null }

type Row = Opinion & {
  /** Which of the groupings it belongs to, by the columns that are not grouped: bits of day, intent, writer. */
  of: number
  day: string | null
  intent: string | null
  specialist: string | null
  model: string | null
  prompt_version: string | null
}
const DAYS = 0b01111
const INTENTS = 0b10111
const WRITERS = 0b11000

export async function opinions(
  kernel: Kernel,
  window: Window,
): Promise<{
  total: Opinion | undefined
  days: Map<string, Opinion>
  intents: Map<string, Opinion>
  specialists: ByWriter[]
  ratingMean: number | null
}> {
  const { rows } = await sql<Row>`
    select grouping(day, intent, specialist, model, prompt_version)::int as of, ${dayText} as day, intent, specialist, model, prompt_version,
      (count(*) filter (where rating = 'up'))::int as up, (count(*) filter (where rating = 'down'))::int as down
    from (
      select f.rating, ${dayOf(sql`f.at`)} as day, coalesce(c.intent, 'unknown') as intent,
        case f.said_by when 'human' then 'person' else coalesce(f.specialist, 'none') end as specialist,
        f.model, f.prompt_version
      from feedback f join conversations c on c.id = f.conversation_id
      where f.tenant_id = ${kernel.tenant} and ${within(sql`f.at`, window)} and ${ofConversation(kernel, window)}
    ) as given
    group by grouping sets ((), (day), (intent), (specialist, model, prompt_version))
    order by count(*) desc, specialist, model, prompt_version`.execute(kernel.db)
  const ratings = await sql<{ mean: number | null }>`
    select avg(r.score)::float8 as mean from ratings r join conversations c on c.id = r.conversation_id
    where r.tenant_id = ${kernel.tenant} and ${within(sql`r.at`, window)} and ${ofConversation(kernel, window)}`.execute(
    kernel.db,
  )
  const thought = (row: Row): Opinion => ({ up: row.up, down: row.down })
  const group = (of: number) => rows.filter((row) => row.of === of)
  const writer = (row: Row): ByWriter => ({
    specialist: row.specialist ?? 'none',
    model: row.model,
    prompt_version: row.prompt_version,
    ...thought(row),
  })
  return {
    total: group(DAYS | INTENTS | WRITERS).map(thought)[0],
    days: new Map(group(DAYS).map((row) => [row.day ?? '', thought(row)])),
    intents: new Map(group(INTENTS).map((row) => [row.intent ?? '', thought(row)])),
    specialists: group(WRITERS).map(writer),
    ratingMean: ratings.rows[0]?.mean ?? null,
  }
}
