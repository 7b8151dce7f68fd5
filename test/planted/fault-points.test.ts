import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { applyPlant } from '../../planted/apply.ts'
import { BUGS } from '../../planted/bugs/index.ts'
import { createPointControl, type PointControl, type PointOrder } from '../../planted/fault-points/control.ts'
import { FAULT_POINTS } from '../../planted/fault-points/points.ts'
import { POINT } from '../../planted/fault-points/types.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const sourceOf = ({ file }: { file: string }) => readFileSync(join(ROOT, file), 'utf8')

const open: PointControl[] = []
afterEach(async () => {
  for (const control of open.splice(0)) await control.close()
})

/** Lets a process pass the point `after-effect` twice, and says how it ended. */
async function pass(order: PointOrder | null) {
  const control = await createPointControl()
  open.push(control)
  if (order !== null) await control.order('after-effect', order)
  const code = `for (const time of [1, 2]) {
    const started = Date.now()
    try { await globalThis.everdeskFaultPoint?.('after-effect') } catch (error) { console.log(error.message) }
    console.log('passed', time, Date.now() - started >= 200 ? 'late' : 'at once')
  }`
  const args = ['--import', join(ROOT, 'planted/fault-points/hook.ts'), '--input-type=module', '--eval', code]
  const child = spawn(process.execPath, args, { env: { ...process.env, FAULT_POINTS: control.folder } })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  return { control, child, ended, output: () => output.trim().split('\n') }
}

describe('fault points', () => {
  test.each(FAULT_POINTS.map((point) => [point.name, point] as const))('%s still finds its place', (_, point) => {
    expect(applyPlant(point, sourceOf(point))).toContain(POINT(point.name))
  })

  test('points and planted bugs of one file do not take each other’s place', () => {
    for (const bug of BUGS) {
      const points = FAULT_POINTS.filter((point) => point.file === bug.file)
      expect(() =>
        points.reduce((text, point) => applyPlant(point, text), applyPlant(bug, sourceOf(bug))),
      ).not.toThrow()
    }
  })

  test('without an order a process passes, and with one it obeys once', async () => {
    const free = await pass(null)
    expect(await free.ended).toEqual([0, null])
    expect(free.output()).toEqual(['passed 1 at once', 'passed 2 at once'])
    const late = await pass('delay:300')
    await late.ended
    expect(late.output()).toEqual(['passed 1 late', 'passed 2 at once'])
    expect(await late.control.takenBy('after-effect')).toEqual([late.child.pid])
    const failing = await pass('throw')
    await failing.ended
    expect(failing.output()[0]).toBe('The rig ordered a failure at after-effect.')
    expect(failing.output().at(-1)).toBe('passed 2 at once')
  })

  test('an ordered death is a SIGKILL, an ordered freeze lasts until SIGCONT', async () => {
    const killed = await pass('kill')
    expect(await killed.ended).toEqual([null, 'SIGKILL'])
    const frozen = await pass('stop')
    await expect.poll(() => frozen.control.takenBy('after-effect'), { timeout: 10_000 }).toEqual([frozen.child.pid])
    await sleep(700)
    expect(frozen.output()).toEqual([''])
    frozen.child.kill('SIGCONT')
    expect(await frozen.ended).toEqual([0, null])
  })

  test('a process that loads our sources with the points in them runs', async () => {
    const control = await createPointControl()
    open.push(control)
    const files = [...new Set(FAULT_POINTS.map((point) => join(ROOT, point.file)))]
    const code = `for (const file of ${JSON.stringify(files)}) await import(file)\nconsole.log('loaded')`
    const args = ['--import', join(ROOT, 'planted/fault-points/hook.ts'), '--input-type=module', '--eval', code]
    const child = spawn(process.execPath, args, { env: { ...process.env, FAULT_POINTS: control.folder } })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    await once(child, 'close')
    expect(output.trim()).toBe('loaded')
  })
})
