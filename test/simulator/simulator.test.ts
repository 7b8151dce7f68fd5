// The simulator itself: it finds nothing in the product, everything that is switched off, and always the same.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SIMULATED } from '../../planted/index.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const PATIENCE = 600_000
const run = promisify(execFile)

type Report = {
  episodes: number
  violations: Record<string, number[]>
  shrunk: { seed: number; violation: string; from: number; steps: [string, number][] }[]
  without: Record<string, { after: number; seed: number; as: string[] } | null>
  ok: boolean
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everdesk-simulator-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs it as a person would; a broken rule is a result, too. */
async function simulate(...args: string[]): Promise<{ report: Report; code: number }> {
  const json = join(folder, `${args.join('')}.json`)
  const code = await run(process.execPath, [join(ROOT, 'simulator/main.ts'), ...args, '--json', json], {
    cwd: ROOT,
  }).then(
    () => 0,
    (error: { code?: number }) => error.code ?? -1,
  )
  return { report: JSON.parse(await readFile(json, 'utf8')) as Report, code }
}

describe('the simulator', () => {
  test('no rule breaks in 1,000 random interleavings [P1-P6, P8]', { timeout: PATIENCE }, async () => {
    const { report, code } = await simulate('--episodes', '1000', '--seed', '1')
    expect(report.violations).toEqual({})
    expect({ code, episodes: report.episodes }).toEqual({ code: 0, episodes: 1000 })
  })

  test('a failing seed is told, shrunk to what it needs, and fails again', { timeout: PATIENCE }, async () => {
    const args = ['--without', 'reply-without-floor', '--threads', '1']
    const first = await simulate(...args)
    const again = await simulate(...args, '--episodes', '5999')
    const [shrunk] = first.report.shrunk
    // The shrinker plays each candidate: what it returns has failed.
    expect(shrunk?.steps.length).toBeLessThan(shrunk?.from ?? 0)
    expect(again.report.without).toEqual(first.report.without)
    expect(again.report.shrunk).toEqual(first.report.shrunk)
  })

  describe('a rule that is switched off is noticed', () => {
    let without: Report['without']
    beforeAll(async () => {
      without = (await simulate('--without', 'all')).report.without
    }, PATIENCE)

    test.each(SIMULATED)('%s', (name) => {
      expect(without[name]?.as).not.toHaveLength(0)
      expect(without[name]?.after).toBeLessThanOrEqual(6000)
    })
  })
})
