// The SDK's own download of the Temporal CLI. It has no "only download", so a process of its own starts a server with it and stops it;
// ours stays free of the Runtime which that needs.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DevServerMaking } from './dev-server-making.ts'

const STALLED_AFTER_MS = 10_000
const SCRIPT = `
import { TestWorkflowEnvironment } from '@temporalio/testing'
const [downloadDir, version] = process.argv.slice(-2)
const server = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir, version } } })
await server.teardown()
`

/** Puts the downloaded CLI at `target`. Gives up when no bytes arrive for ten seconds; without internet it fails at once. */
export async function downloadDevServer({ version, target, note, signal }: DevServerMaking): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  const folder = await mkdtemp(join(dirname(target), 'download-'))
  note(`Downloading the Temporal CLI ${version} ...`)
  const script = ['--input-type=module', '--eval', SCRIPT, '--', folder, version]
  const child = spawn(process.execPath, script, { cwd: import.meta.dirname, stdio: 'ignore', detached: true })
  const ended = once(child, 'close')
  try {
    await Promise.race([ended, stalls(folder, child, signal)])
    const downloaded = (await readdir(folder)).find((name) => !name.endsWith('.downloading'))
    if (downloaded === undefined) throw new Error('no answer from temporal.download')
    await rename(join(folder, downloaded), target)
  } finally {
    if (runs(child)) killGroup(child)
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

async function stalls(folder: string, child: ChildProcess, signal: AbortSignal | undefined): Promise<void> {
  let [bytes, since] = [0, Date.now()]
  while (runs(child) && Date.now() - since < STALLED_AFTER_MS) {
    if (signal?.aborted) return
    await sleep(200)
    const now = await sizeOf(folder)
    if (now > bytes) [bytes, since] = [now, Date.now()]
  }
}

function runs(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

/** The whole group: the server that the process started must not outlive it. */
function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder)
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
