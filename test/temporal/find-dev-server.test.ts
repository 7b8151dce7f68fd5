import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildDevServer } from '../../src/temporal/build-dev-server.ts'
import { CLI_VERSION, findDevServer } from '../../src/temporal/find-dev-server.ts'
import type { DevServerSearch } from '../../src/temporal/find-dev-server.ts'

let root: string
let calls: string[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'everdesk-find-'))
  calls = []
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function executable(path: string, content = '#!/bin/sh\n'): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  await chmod(path, 0o755)
  return path
}

function cached(): string {
  return join(root, 'cache', `temporal-${CLI_VERSION}`, 'temporal')
}

/** A machine with nothing on it, on which download and build fail. */
function search(more: Partial<DevServerSearch> = {}): DevServerSearch {
  return {
    searchPath: join(root, 'bin'),
    cacheFolder: join(root, 'cache'),
    goFolders: [join(root, 'go/bin')],
    note: () => undefined,
    download: () => {
      calls.push('download')
      return Promise.reject(new Error('no internet'))
    },
    build: ({ go }) => {
      calls.push(`build with ${go}`)
      return Promise.reject(new Error('no module proxy'))
    },
    ...more,
  }
}

test('`temporal` on PATH comes first', async () => {
  const onPath = await executable(join(root, 'bin/temporal'))
  await executable(cached())
  expect([await findDevServer(search()), calls]).toEqual([onPath, []])
})

test('then the cache folder', async () => {
  await executable(cached())
  expect([await findDevServer(search()), calls]).toEqual([cached(), []])
})

test('a file that cannot be run does not count', async () => {
  await mkdir(join(root, 'bin/temporal'), { recursive: true })
  await executable(cached())
  expect(await findDevServer(search())).toBe(cached())
})

test('then the download, before Go', async () => {
  await executable(join(root, 'go/bin/go'))
  const found = await findDevServer(search({ download: ({ target }) => executable(target).then(() => undefined) }))
  expect([found, calls]).toEqual([cached(), []])
})

test('then Go, from PATH before its usual folder', async () => {
  await executable(join(root, 'bin/go'))
  await executable(join(root, 'go/bin/go'))
  const searching = findDevServer(search())
  await expect(searching).rejects.toThrow('no module proxy')
  expect(calls).toEqual(['download', `build with ${join(root, 'bin/go')}`])
})

test('without any of them one message names the four ways', async () => {
  await expect(findDevServer(search())).rejects.toThrow(
    'No Temporal server to start. Do one of four things: set TEMPORAL_ADDRESS to one that runs; put the `temporal` CLI on PATH ' +
      '(https://docs.temporal.io/cli); allow access to the internet for its download; or install Go 1.24 or newer so that ' +
      'it is built once. Tried: download: no internet; go install: no Go on PATH or in /usr/local/go/bin',
  )
})

test('a build puts the binary in place at its end and reports the last line of a failure', async () => {
  const making = { version: 'v1.5.1', target: cached(), note: () => undefined }
  const go = await executable(join(root, 'go/bin/go'), '#!/bin/sh\ntouch "$GOBIN/temporal"\n')
  await buildDevServer({ ...making, go })
  expect(await readdir(dirname(cached()))).toEqual(['temporal'])

  await rm(cached())
  const broken = await executable(
    join(root, 'go/bin/go'),
    '#!/bin/sh\necho one >&2\necho "dial tcp: no route" >&2\nexit 1\n',
  )
  await expect(buildDevServer({ ...making, go: broken })).rejects.toThrow('dial tcp: no route')
  expect(await readdir(dirname(cached()))).toEqual([])
})

test('an aborted build is killed with its children and leaves nothing', async () => {
  const go = await executable(join(root, 'go/bin/go'), '#!/bin/sh\ntouch "$GOBIN/temporal"\nsleep 60\n')
  const abort = new AbortController()
  const searching = findDevServer(search({ build: buildDevServer, searchPath: dirname(go), signal: abort.signal }))
  setTimeout(() => abort.abort(), 200)
  await expect(searching).rejects.toThrow(/aborted/)
  expect(await readdir(dirname(cached()))).toEqual([])
})
