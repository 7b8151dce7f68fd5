import { describe, expect, test } from 'vitest'
import { cpuOf, memoryOf, parseStat, type ProcessTable, readProcessTable, treeOf } from '../../bench/process-table.ts'

const line = (name: string) =>
  `4242 (${name}) S 41 4242 4242 0 -1 4194560 900 800 0 0 30 12 5 3 20 0 7 0 1000 2000 300 18446744073709551615`

describe('a line of /proc/PID/stat', () => {
  test('tells the parent, and the time of the process with the children it has waited for', () => {
    expect(parseStat(line('node'))).toEqual({ parent: 41, ticks: 50 })
  })
  test('is read also when the name of the program has spaces and parentheses', () => {
    expect(parseStat(line('postgres: bench) 1 2 3 ('))).toEqual({ parent: 41, ticks: 50 })
  })
})

describe('a part of the system', () => {
  const table: ProcessTable = new Map([
    [1, { parent: 0, ticks: 1 }],
    [10, { parent: 1, ticks: 100 }],
    [11, { parent: 10, ticks: 20 }],
    [12, { parent: 11, ticks: 3 }],
    [20, { parent: 1, ticks: 5 }],
  ])
  test('is its processes with everything below them', () => {
    expect(treeOf(table, 10)).toEqual([10, 11, 12])
    const cpu = cpuOf(table, { postgres: [10], redis: [20], gone: [99] })
    expect(cpu['postgres']).toBe(((cpu['redis'] ?? 0) * 123) / 5)
    expect(cpu['gone']).toBe(0)
  })
})

test('this process is in the table and has memory', async () => {
  const table = await readProcessTable()
  expect(table.get(process.pid)?.parent).toBe(process.ppid)
  const { own = 0, gone } = await memoryOf(table, { own: [process.pid], gone: [] })
  expect(own).toBeGreaterThan(10)
  expect(gone).toBe(0)
})
