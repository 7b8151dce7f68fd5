// Real parts that all `*.parts.test.ts` share: one Temporal dev server, started as `npm start` does it, and the machine's own servers.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbeddedPostgres } from '../../src/adapters/embedded-postgres.ts'
import { readConfig } from '../../src/config.ts'
import { startDevServer } from '../../src/temporal/dev-server.ts'
import { findDevServer } from '../../src/temporal/find-dev-server.ts'
import { isAlive } from './is-alive.ts'
import { findPostgres, findRedis } from './real-parts.ts'

/** Starts them, provides their addresses, and returns what ends them and proves it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const note = (line: string) => console.log(line)
  const { machine } = readConfig()
  const template = await mkdtemp(join(tmpdir(), 'everdesk-pglite-'))
  const fresh = await openEmbeddedPostgres(template)
  await fresh.close()
  project.provide('pgliteTemplate', join(template, 'postgres'))
  const home = await mkdtemp(join(tmpdir(), 'everdesk-temporal-'))
  const executable = await findDevServer({ ...machine, note })
  const temporal = await startDevServer({ executable, home, port: 0, uiPort: 0, note })
  project.provide('temporalAddress', temporal.address)
  project.provide('temporalExecutable', executable)
  project.provide('postgresUrl', await findPostgres())
  project.provide('redisUrl', await findRedis())
  return async () => {
    const pid = temporal.pid()
    await temporal.stop()
    if (isAlive(pid)) throw new Error(`the Temporal dev server of the tests (process ${pid}) did not end`)
    for (const folder of [home, template]) await rm(folder, { recursive: true, force: true })
  }
}
