// The Temporal of this run: the one that TEMPORAL_ADDRESS names, or a dev server of our own.
import type { Config } from '../config.ts'
import { connectTemporal } from '../temporal/connection.ts'
import { startDevServer } from '../temporal/dev-server.ts'
import { findDevServer } from '../temporal/find-dev-server.ts'

/** A Temporal that answers. */
export type ReadyTemporal = {
  /** host:port of gRPC. */
  address: string
  /** URL of the Web UI, when the server is ours. */
  uiUrl: string | undefined
  /** Ends the server if it is ours. */
  stop(): Promise<void>
}

/** Rejects with one line for people when there is none; `note` tells the progress of a download or build. */
export async function openTemporal(
  config: Config,
  note: (line: string) => void,
  signal: AbortSignal,
): Promise<ReadyTemporal> {
  const { temporalAddress, temporalNamespace: namespace, machine, home } = config
  if (temporalAddress !== undefined) {
    const connection = await connectTemporal({ address: temporalAddress, namespace, patience: 5_000 })
    await connection.close()
    return { address: temporalAddress, uiUrl: undefined, stop: async () => undefined }
  }
  const executable = await findDevServer({ ...machine, note, signal })
  return startDevServer({
    executable,
    home,
    namespace,
    port: config.temporalPort,
    uiPort: config.temporalUiPort,
    note,
  })
}
