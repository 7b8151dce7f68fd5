import type { Bus } from '../ports/bus.ts'

/** Separate processes without Redis: no hints, so readers poll and deltas are not shown. */
export const noBus: Bus = { publish: () => undefined, subscribe: async () => () => undefined }
