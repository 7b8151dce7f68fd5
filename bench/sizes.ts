import { sql } from 'kysely'
import type { System } from './system.ts'

/** Bytes of our database and of the engine's without the room that rows left behind, which is used again; the engine's is null when it keeps none. */
export async function sizesOf({ stack, engine }: System): Promise<{ ours: number; engine: number | null }> {
  await sql`vacuum (full, analyze)`.execute(stack.db)
  const { rows } = await sql<{ bytes: number }>`
    select pg_database_size(current_database())::float8 as bytes`.execute(stack.db)
  return { ours: rows[0]?.bytes ?? 0, engine: await engine.bytes() }
}
