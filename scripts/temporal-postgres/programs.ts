// The Temporal server for PostgreSQL and its schema tool: official Go modules, built once into everdesk's cache folder.
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findExecutable } from '../../src/temporal/find-dev-server.ts'
import { goInstall } from '../../src/temporal/go-install.ts'

/** The same server as in the CLI that `npm start` uses. */
export const SERVER_VERSION = 'v1.29.1'
const MODULE = 'go.temporal.io/server/cmd'
const GO_FOLDER = '/usr/local/go/bin'

/** Paths of both executables. */
export type TemporalPrograms = { server: string; sqlTool: string }
/** Where to look; see Config.machine. */
export type Machine = { searchPath: string; cacheFolder: string }

const programsIn = (folder: string): TemporalPrograms => ({
  server: join(folder, 'server'),
  sqlTool: join(folder, 'sql'),
})

/** Whether it was built before, or Go is there to build it. */
export async function canHavePrograms(machine: Machine): Promise<boolean> {
  return isBuilt(folderOf(machine)) || (await findGo(machine)) !== undefined
}

/** The executables, built first when they are not there: two to four minutes, once. Throws when there is no Go. */
export async function temporalPrograms(machine: Machine, note: (line: string) => void): Promise<TemporalPrograms> {
  const target = folderOf(machine)
  if (!isBuilt(target)) await build(machine, target, note)
  return programsIn(target)
}

async function build(machine: Machine, target: string, note: (line: string) => void): Promise<void> {
  const go = await findGo(machine)
  if (go === undefined) {
    throw new Error(
      `No Go on PATH or in ${GO_FOLDER}: Temporal for PostgreSQL is built from its module. Install Go 1.24 or newer.`,
    )
  }
  await mkdir(machine.cacheFolder, { recursive: true })
  // Renamed at the end, so that a killed build leaves nothing half done.
  const folder = await mkdtemp(join(machine.cacheFolder, 'build-'))
  const began = Date.now()
  try {
    for (const program of ['tools/sql', 'server']) {
      note(`Building ${MODULE}/${program} ${SERVER_VERSION} with Go, once; both take two to four minutes ...`)
      await goInstall({ go, folder, program: `${MODULE}/${program}@${SERVER_VERSION}` })
    }
    // Somebody else may have been faster.
    await rename(folder, target).catch((error: unknown) => {
      if (!isBuilt(target)) throw error
    })
    note(`Built in ${Math.round((Date.now() - began) / 1000)} s: ${target}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const folderOf = ({ cacheFolder }: Machine): string => join(cacheFolder, `temporal-server-${SERVER_VERSION}`)
const isBuilt = (folder: string): boolean => Object.values(programsIn(folder)).every((path) => existsSync(path))
const findGo = ({ searchPath }: Machine) => findExecutable('go', [...searchPath.split(delimiter), GO_FOLDER])
