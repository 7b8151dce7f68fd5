import { Refusal } from '../../src/domain/errors.ts'

/** The code of the refusal that `promise` rejects with; fails the test when it resolves. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error.code
  throw error
}
