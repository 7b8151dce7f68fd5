/** What a download or a build of the Temporal CLI is asked for. */
export type DevServerMaking = {
  /** Such as v1.5.1. */
  version: string
  /** Path of the executable to make. */
  target: string
  /** One line of progress. */
  note: (line: string) => void
  /** Ends it early. */
  signal?: AbortSignal | undefined
}
