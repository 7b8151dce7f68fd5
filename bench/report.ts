// The tables of a run, for people.
import type { Cell, Machine, Results } from './results.ts'
import type { RunOutcome } from './run.ts'
import { figure, section, table } from './table.ts'

/** Everything a run found. */
export function report({ results, floors, stores, openLoops, own }: RunOutcome): string {
  const { machine, engine, cells, history, storage, memory } = results
  const label = (cell: { latency_ms: number; concurrency: number }) =>
    `model ${cell.latency_ms} ms, ${cell.concurrency} at a time`
  const loads = cells.map((cell, index) => [
    label(cell),
    figure(cell.turns_per_s),
    ...added(cell),
    figure(sum(cell.cpu_ms_per_turn)),
    figure(floors[index]?.turns_per_s),
    figure(cell.floor_ratio, 3),
    figure(sum(floors[index]?.cpu_ms_per_turn ?? {})),
  ])
  const random = openLoops.map((load) => [
    `model ${load.latency_ms} ms, ${load.arrivals_per_s}/s`,
    figure(load.turns_per_s),
    ...added(load),
    figure(sum(load.cpu_ms_per_turn)),
  ])
  const heads = ['', 'turns/s', 'added p50', 'p95', 'p99', 'CPU ms/turn']
  return [
    `\n${describe(machine)}, Temporal: ${engine}. Model and back ends alone: ${figure(own)} ms a turn.`,
    section('Closed loop', table([...heads, 'floor/s', 'share of it', 'its CPU'], loads)),
    random.length === 0 ? '' : section('Arrivals at random', table(heads, random)),
    section(
      'Our PostgreSQL, a turn',
      table(
        ['', 'commits', 'KB of log'],
        cells.map((cell, index) => [
          label(cell),
          figure(stores[index]?.commits_per_turn),
          figure(stores[index]?.log_kb_per_turn),
        ]),
      ),
    ),
    section('Processor time, ms a turn', processorTable(cells.map((cell) => [label(cell), cell]))),
    section('One turn in Temporal', `  ${figure(history.events)} events, ${figure(history.bytes, 0)} bytes`),
    section(
      `1,000 conversations of 5 turns at rest (measured on ${storage.conversations})`,
      `  ours ${figure(storage.ours_mb_per_1000)} MB, the engine's ${figure(storage.engine_mb_per_1000)} MB`,
    ),
    section('Memory, MB', memoryTable(memory)),
    '',
  ].join('\n')
}

/** One line about a machine. */
export const describe = ({ processor, cpus, memory_gb, node, load_before, at }: Machine): string =>
  `${at.slice(0, 16)}Z, ${cpus} x ${processor}, ${memory_gb} GB, Node ${node}, load before ${figure(load_before, 2)}`

const added = ({ added_ms }: Pick<Cell, 'added_ms'>): string[] =>
  [added_ms.p50, added_ms.p95, added_ms.p99].map((value) => figure(value))

function processorTable(rows: [string, Pick<Cell, 'cpu_ms_per_turn'>][]): string {
  const parts = [...new Set(rows.flatMap(([, { cpu_ms_per_turn }]) => Object.keys(cpu_ms_per_turn)))]
  return table(
    ['', ...parts],
    rows.map(([name, { cpu_ms_per_turn }]) => [name, ...parts.map((part) => figure(cpu_ms_per_turn[part]))]),
  )
}

function memoryTable({ processes_mb, per_1000_open_mb }: Results['memory']): string {
  return table(
    ['', 'after the load', 'more for 1,000 open'],
    Object.entries(processes_mb).map(([name, value]) => [name, figure(value, 0), figure(per_1000_open_mb?.[name])]),
  )
}

/** All of a turn's processor time but the load generator's. */
export const sum = (cpu: Record<string, number>): number =>
  Object.entries(cpu).reduce((total, [name, value]) => (name === 'load' ? total : total + value), 0)
