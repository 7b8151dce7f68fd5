import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { applyPlant } from '../../planted/apply.ts'
import { PLANTS } from '../../planted/index.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

/** What a fresh process says about a turn that has ended, with this plant in it. */
async function ask(plant: string | undefined, inWorkerThread = false): Promise<string> {
  const question = `const { mayCommitReply } = await import(${JSON.stringify(join(ROOT, 'src/domain/floor.ts'))})
    console.log(mayCommitReply({ state: 'done', floor: 1 }, { floor: 2, controlledBy: 'human' }))`
  const code = inWorkerThread
    ? `const { Worker } = await import('node:worker_threads')
       new Worker(${JSON.stringify(question)}, { eval: true })`
    : question
  const hook = join(ROOT, 'planted/plant.ts')
  const env = { ...process.env, ...(plant === undefined ? {} : { PLANT: plant }) }
  const { stdout } = await run(process.execPath, ['--import', hook, '--input-type=module', '--eval', code], { env })
  return stdout.trim()
}

describe('planted bugs', () => {
  test.each(PLANTS.map((plant) => [plant.name, plant] as const))('%s still finds its place', (_, plant) => {
    const source = readFileSync(join(ROOT, plant.file), 'utf8')
    expect(applyPlant(plant, source)).not.toBe(source)
  })

  test('names are unique', () => {
    const names = PLANTS.map(({ name }) => name)
    expect([...new Set(names)]).toEqual(names)
  })

  test('a process that loads a plant runs the broken source, also in a worker thread; any other runs the source as it stands', async () => {
    const answers = await Promise.all([
      ask(undefined),
      ask('reply-without-floor'),
      ask(undefined, true),
      ask('reply-without-floor', true),
    ])
    expect(answers).toEqual(['false', 'true', 'false', 'true'])
  })

  test('an unknown plant stops the process', async () => {
    await expect(ask('no-such-bug')).rejects.toThrow('There is no plant "no-such-bug"')
  })

  test('a source that has changed is noticed', () => {
    const plant = { name: 'p', about: '', file: 'src/a.ts', find: 'one', replace: 'two' }
    expect(() => applyPlant(plant, 'nothing like it')).toThrow('occurs 0 times in src/a.ts')
    expect(() => applyPlant(plant, 'one and one')).toThrow('occurs 2 times in src/a.ts')
  })
})
