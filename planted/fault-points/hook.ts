// Puts the fault points into our sources as Node loads them: FAULT_POINTS=<folder> node --import ./planted/fault-points/hook.ts
// <program>. The rig orders one by a file in that folder, named like the point, that says `kill`, `stop`, `throw` or
// `delay:<milliseconds>`. The first process that passes the point takes the order, once: it renames the file to
// <point>.taken.<its pid> and does what it says. The product has no such calls; a process without this import passes nothing.
import { readFileSync, renameSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { applyPlant } from '../apply.ts'
import { sourceText } from '../source-text.ts'
import { FAULT_POINTS } from './points.ts'

const folder = process.env.FAULT_POINTS
if (folder !== undefined && folder !== '') {
  const byUrl = Map.groupBy(
    FAULT_POINTS,
    (point) => pathToFileURL(resolve(import.meta.dirname, '../..', point.file)).href,
  )
  registerHooks({
    load(wanted, context, nextLoad) {
      const loaded = nextLoad(wanted, context)
      const points = byUrl.get(wanted)
      if (!points) return loaded
      if (!loaded.source) throw new Error(`There is no source of ${wanted} to put fault points into.`)
      const source = points.reduce((text, point) => applyPlant(point, text), sourceText(loaded.source))
      return { ...loaded, source }
    },
  })
  Object.assign(globalThis, { everdeskFaultPoint: (name: string) => pass(folder, name) })
}

async function pass(folder: string, name: string): Promise<void> {
  const order = take(join(folder, name))
  if (order === null) return
  console.error(`fault point ${name}: ${order}`)
  if (order === 'throw') throw new Error(`The rig ordered a failure at ${name}.`)
  if (order === 'kill') process.kill(process.pid, 'SIGKILL')
  if (order === 'stop') process.kill(process.pid, 'SIGSTOP')
  if (order.startsWith('delay:')) await sleep(Number(order.slice('delay:'.length)))
}

/** Renaming is atomic: of several processes that pass at once, one gets it. */
function take(order: string): string | null {
  const taken = `${order}.taken.${process.pid}`
  try {
    renameSync(order, taken)
    return readFileSync(taken, 'utf8').trim()
  } catch {
    return null
  }
}
