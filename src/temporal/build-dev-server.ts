// Builds the official Temporal CLI from its Go module: minutes once, where neither a binary nor the internet's download is there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DevServerMaking } from './dev-server-making.ts'

const PROGRESS_EVERY_MS = 10_000

/** Runs `go install` into a folder beside the target and renames at the end, so that a killed build leaves nothing half done. */
export async function buildDevServer({ version, target, go, note, signal }: DevServerMaking & { go: string }) {
  await mkdir(dirname(target), { recursive: true })
  const folder = await mkdtemp(join(dirname(target), 'build-'))
  const began = Date.now()
  note(`Building the Temporal CLI ${version} with Go, once; this takes two to five minutes ...`)
  const progress = setInterval(() => {
    note(`  still building the Temporal CLI (${Math.round((Date.now() - began) / 1000)} s)`)
  }, PROGRESS_EVERY_MS)
  try {
    await install({ go, folder, version, signal })
    await rename(join(folder, 'temporal'), target)
    note(`Built the Temporal CLI in ${Math.round((Date.now() - began) / 1000)} s: ${target}`)
  } finally {
    clearInterval(progress)
    await rm(folder, { recursive: true, force: true })
  }
}

type Install = {
  go: string
  folder: string
  version: string
  signal: AbortSignal | undefined
}

async function install({ go, folder, version, signal }: Install): Promise<void> {
  // `env` adds to the environment we have, which only config.ts may read.
  const settings = [`GOBIN=${folder}`, 'GOFLAGS=-trimpath', 'CGO_ENABLED=0']
  const command = [go, 'install', `github.com/temporalio/cli/cmd/temporal@${version}`]
  // A group of its own: an abort must reach the compilers that Go starts, too.
  const child = spawn('env', [...settings, ...command], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL')
  signal?.addEventListener('abort', stop, { once: true })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-2_000)
  })
  try {
    const [code] = await once(child, 'close')
    signal?.throwIfAborted()
    if (code !== 0) throw new Error(output.trim().split('\n').at(-1) ?? `go ended with ${String(code)}`)
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
