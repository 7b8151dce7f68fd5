// Finds the Temporal CLI, or makes it: PATH, the cache folder, the SDK's download, `go install`. TEMPORAL_ADDRESS comes before all
// of them and is the caller's business: then no dev server is needed.
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { buildDevServer } from './build-dev-server.ts'
import type { DevServerMaking } from './dev-server-making.ts'
import { downloadDevServer } from './download-dev-server.ts'

/** The newest official CLI that builds with plain `go install`. */
export const CLI_VERSION = 'v1.5.1'

/** Where to look and how to tell the person who waits. */
export type DevServerSearch = {
  /** The PATH of the machine. */
  searchPath: string
  /** Folder of everdesk's cache, such as ~/.cache/everdesk. */
  cacheFolder: string
  /** One line of progress. */
  note: (line: string) => void
  /** Stops a running download or build. */
  signal?: AbortSignal
  /** Places of Go besides PATH (/usr/local/go/bin). */
  goFolders?: string[]
  /** Puts the binary at `target` from the internet; rejects when it cannot (the SDK's download). */
  download?: (making: DevServerMaking) => Promise<void>
  /** Puts the binary at `target` with this `go` (`go install`). */
  build?: (making: DevServerMaking & { go: string }) => Promise<void>
}

/** None of the ways worked; the message names the four ways. */
export class DevServerNotFound extends Error {
  override name = 'DevServerNotFound'
}

/** Path of an executable `temporal`. Throws DevServerNotFound. */
export async function findDevServer(search: DevServerSearch): Promise<string> {
  const { searchPath, cacheFolder, note, goFolders = ['/usr/local/go/bin'] } = search
  const { download = downloadDevServer, build = buildDevServer } = search
  const onPath = await findExecutable('temporal', searchPath.split(delimiter))
  if (onPath !== undefined) return onPath
  const target = join(cacheFolder, `temporal-${CLI_VERSION}`, 'temporal')
  if (await isExecutable(target)) return target

  const making = { version: CLI_VERSION, target, note, signal: search.signal }
  const failures: string[] = []
  const attempt = async (way: string, make: () => Promise<void>): Promise<boolean> => {
    try {
      await make()
      return true
    } catch (error) {
      search.signal?.throwIfAborted()
      failures.push(`${way}: ${error instanceof Error ? error.message : String(error)}`)
      return false
    }
  }
  if (await attempt('download', () => download(making))) return target
  const go = await findExecutable('go', [...searchPath.split(delimiter), ...goFolders])
  if (go === undefined) failures.push('go install: no Go on PATH or in /usr/local/go/bin')
  else if (await attempt('go install', () => build({ ...making, go }))) return target
  throw new DevServerNotFound(
    'No Temporal server to start. Do one of four things: set TEMPORAL_ADDRESS to one that runs; put the `temporal` CLI on PATH ' +
      '(https://docs.temporal.io/cli); allow access to the internet for its download; or install Go 1.24 or newer so that ' +
      `it is built once. Tried: ${failures.join('; ')}`,
  )
}

/** Path of the first executable of this name in the folders. */
export async function findExecutable(name: string, folders: string[]): Promise<string | undefined> {
  for (const folder of folders) {
    if (folder !== '' && (await isExecutable(join(folder, name)))) return join(folder, name)
  }
  return undefined
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
