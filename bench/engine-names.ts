/** What Temporal keeps its data in: nothing, a SQLite file with a write-ahead log, or PostgreSQL. */
export const ENGINES = ['memory', 'file', 'postgres'] as const
export type EngineName = (typeof ENGINES)[number]
