// Builds the official Temporal CLI from its Go module: minutes once, where neither a binary nor the internet's download is there.
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DevServerMaking } from './dev-server-making.ts'
import { goInstall } from './go-install.ts'

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
    await goInstall({ go, folder, program: `github.com/temporalio/cli/cmd/temporal@${version}`, signal })
    await rename(join(folder, 'temporal'), target)
    note(`Built the Temporal CLI in ${Math.round((Date.now() - began) / 1000)} s: ${target}`)
  } finally {
    clearInterval(progress)
    await rm(folder, { recursive: true, force: true })
  }
}
