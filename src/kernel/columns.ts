// Columns that take something else than they give.
import type { ColumnType } from 'kysely'

/** jsonb: read parsed, written as JSON text (an array given as a value would become a PostgreSQL array). */
export type Jsonb<T> = ColumnType<T, string, string>
export type JsonbOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>
export type JsonbDefault<T> = ColumnType<T, string | undefined, string>
export type TimeDefault = ColumnType<Date, Date | undefined, Date>
