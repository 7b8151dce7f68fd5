// What the kernel reads from errors of the store, by SQLSTATE, without knowing which driver threw them.

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
