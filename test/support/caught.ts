import { OutsideError } from '../../src/domain/errors.ts'

/** What a test compares of an OutsideError; anything else that was thrown comes back as it is. */
export async function caught(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof OutsideError)) return error
    const { type, dependency, ambiguous, retryAfter } = error
    return retryAfter === undefined ? { type, dependency, ambiguous } : { type, dependency, ambiguous, retryAfter }
  }
  return 'nothing was thrown'
}
