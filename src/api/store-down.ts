// Which errors mean that the store cannot answer now, as opposed to a fault of ours.

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
])
/** SQLSTATE: too many connections, shutdown, crash, cannot connect now, statement timeout, deadlock. */
const STATES = new Set(['53300', '57P01', '57P02', '57P03', '57014', '40P01', '25P03'])
/** pg throws these without a code. */
const MESSAGES =
  /timeout exceeded when trying to connect|connection terminated|client has encountered a connection error|cannot use a pool after calling end|PGlite is clos/i

export function isStoreDown(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isStoreDown)
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return CONNECTION_CODES.has(code) || STATES.has(code) || code.startsWith('08') || MESSAGES.test(error.message)
}
