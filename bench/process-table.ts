// What processes have used, from /proc: a part of the stack is a process with all its descendants (a postmaster with its backends).
import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

/** One process: its parent, and the processor time it and the children it has waited for have used, in clock ticks. */
export type ProcessEntry = { parent: number; ticks: number }
/** All processes by id. */
export type ProcessTable = ReadonlyMap<number, ProcessEntry>

/** Names of parts, each with the ids of its first processes. */
export type Parts = Readonly<Record<string, readonly number[]>>

/** Reads the table; a process that ends meanwhile is left out. */
export async function readProcessTable(): Promise<ProcessTable> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const entries = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined)
      return stat === undefined ? [] : [[Number(id), parseStat(stat)] as const]
    }),
  )
  return new Map(entries.flat())
}

/** One line of /proc/PID/stat. A program's name stands in parentheses and may contain anything, so only what follows counts. */
export function parseStat(line: string): ProcessEntry {
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [utime = 0, stime = 0, waitedUser = 0, waitedSystem = 0] = fields.slice(11, 15)
  return { parent: fields[1] ?? 0, ticks: utime + stime + waitedUser + waitedSystem }
}

/** The process and everything below it. */
export function treeOf(table: ProcessTable, root: number): number[] {
  const below = [...table].filter(([, { parent }]) => parent === root).flatMap(([id]) => treeOf(table, id))
  return table.has(root) ? [root, ...below] : []
}

/** Milliseconds of processor time of each part since its start. */
export function cpuOf(table: ProcessTable, parts: Parts): Record<string, number> {
  return mapValues(parts, (roots) =>
    roots
      .flatMap((root) => treeOf(table, root))
      .reduce((sum, id) => sum + ((table.get(id)?.ticks ?? 0) * 1000) / ticksPerSecond(), 0),
  )
}

/** Megabytes of each part: proportional set size, so that memory shared by the backends of a PostgreSQL counts once. */
export async function memoryOf(table: ProcessTable, parts: Parts): Promise<Record<string, number>> {
  const sizes = await Promise.all(
    Object.entries(parts).map(async ([name, roots]) => {
      const ids = roots.flatMap((root) => treeOf(table, root))
      const kilobytes = await Promise.all(ids.map(proportionalSize))
      return [name, Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024)] as const
    }),
  )
  return Object.fromEntries(sizes)
}

/** Kilobytes; the resident size where the kernel does not tell the proportional one. */
async function proportionalSize(id: number): Promise<number> {
  for (const [file, line] of [
    ['smaps_rollup', /^Pss:\s+(\d+)/m],
    ['status', /^VmRSS:\s+(\d+)/m],
  ] as const) {
    const text = await readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')
    const found = line.exec(text)?.[1]
    if (found !== undefined) return Number(found)
  }
  return 0
}

let ticks: number | undefined
const ticksPerSecond = (): number => (ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })))

const mapValues = <T, R>(from: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]))
