// Two runs side by side, with the second as a multiple of the first.
import { sum } from './report.ts'
import type { Cell, Results } from './results.ts'
import { figure, section, table } from './table.ts'

/** The tables of a comparison; cells that only one run has are left out. */
export function compare(a: Results, b: Results): string {
  const heads = ['', 'A', 'B', 'B / A']
  const pairs = a.cells.flatMap((cell): [Cell, Cell][] => {
    const other = b.cells.find((each) => each.latency_ms === cell.latency_ms && each.concurrency === cell.concurrency)
    return other ? [[cell, other]] : []
  })
  const cells = pairs.map(([one, other]) =>
    section(
      `Model ${one.latency_ms} ms, ${one.concurrency} at a time`,
      table(heads, [
        row('turns a second', one.turns_per_s, other.turns_per_s),
        row('share of the floor', one.floor_ratio, other.floor_ratio, 3),
        row('added p50, ms', one.added_ms.p50, other.added_ms.p50),
        row('added p95, ms', one.added_ms.p95, other.added_ms.p95),
        row('added p99, ms', one.added_ms.p99, other.added_ms.p99),
        row('CPU ms a turn', sum(one.cpu_ms_per_turn), sum(other.cpu_ms_per_turn)),
        ...Object.entries(one.cpu_ms_per_turn).map(([part, value]) =>
          row(`  ${part}`, value, other.cpu_ms_per_turn[part] ?? null),
        ),
      ]),
    ),
  )
  const rest = section(
    'A turn, and 1,000 conversations of 5 turns',
    table(heads, [
      row('history events', a.history.events, b.history.events),
      row('history bytes', a.history.bytes, b.history.bytes, 0),
      row('our MB at rest', a.storage.ours_mb_per_1000, b.storage.ours_mb_per_1000),
      row("the engine's MB", a.storage.engine_mb_per_1000, b.storage.engine_mb_per_1000),
      ...Object.entries(a.memory.processes_mb).map(([part, value]) =>
        row(`memory of ${part}, MB`, value, b.memory.processes_mb[part] ?? null, 0),
      ),
    ]),
  )
  const name = ({ engine, machine }: Results) => `${engine}, ${machine.at.slice(0, 16)}Z, load ${machine.load_before}`
  return [`\nA: ${name(a)}\nB: ${name(b)}`, ...cells, rest, ''].join('\n')
}

function row(name: string, a: number | null, b: number | null, digits = 1): string[] {
  const ratio = a === null || b === null || a === 0 ? null : b / a
  return [name, figure(a, digits), figure(b, digits), figure(ratio, 2)]
}
