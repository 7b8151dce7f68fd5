/** True for anything with named parts, so that data from outside can be looked into without believing its shape. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object'
