// `go install` of one program into a folder.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What to build, and where to. */
export type GoInstall = {
  /** Path of the `go` command. */
  go: string
  /** Gets the binary, named after the last part of the program's path. */
  folder: string
  /** Such as github.com/temporalio/cli/cmd/temporal@v1.5.1. */
  program: string
  signal?: AbortSignal | undefined
}

/** Builds it; rejects with the last line that Go wrote. */
export async function goInstall({ go, folder, program, signal }: GoInstall): Promise<void> {
  // `env` adds to the environment we have, which only config.ts may read.
  const settings = [`GOBIN=${folder}`, 'GOFLAGS=-trimpath', 'CGO_ENABLED=0']
  // A group of its own: an abort must reach the compilers that Go starts, too.
  const child = spawn('env', [...settings, go, 'install', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
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
