// What is read from errors of the store, by SQLSTATE and by code, without knowing which driver threw them.

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT', // the socket file of a local PostgreSQL
])
/** Classes 08 (connection) and 53 (resources); shutdown, crash, cannot connect now, statement timeout, deadlock, idle too long. */
const STATES = /^(08...|53...|57P0[1-3]|57014|40P01|25P03)$/
/** A migration changed a table under a prepared statement; the connection is replaced. */
const PLAN_CHANGED = /^cached plan must not change result type/
/** pg throws these without a code. */
const MESSAGES =
  /timeout exceeded when trying to connect|connection terminated|connection error and is not queryable|cannot use a pool after calling end|PGlite is clos/i

/** True when `error` says that the store cannot answer now, as opposed to a fault of ours: the same may work in a moment. */
export function isStoreAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isStoreAway)
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '0A000') return PLAN_CHANGED.test(error.message)
  return CONNECTION_CODES.has(code) || STATES.test(code) || MESSAGES.test(error.message)
}

/** True when `error` says that a unique index refused a row; `constraint` names the index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '23505' &&
    'constraint' in error &&
    error.constraint === constraint
  )
}
