// The tables of `--open`, for people.
import type { Look, OpenConversations } from './open-conversations.ts'
import { describe } from './report.ts'
import { figure, section, table } from './table.ts'

export function openReport({ machine, engine, conversations, start_s, ...looks }: OpenConversations): string {
  const { empty, idle, after_restart } = looks
  const memory = Object.keys(empty.memory_mb).map((part) => [
    `memory of ${part}, MB`,
    ...[empty, idle, after_restart].map(({ memory_mb }) => figure(memory_mb[part], 0)),
  ])
  const row = (name: string, of: (look: Look) => number | null) => [
    name,
    '',
    figure(of(idle)),
    figure(of(after_restart)),
  ]
  return [
    `\n${describe(machine)}, Temporal: ${engine}`,
    section(
      `${conversations} open conversations, started in ${figure(start_s)} s; workers restarted in ${figure(after_restart.restart_s)} s`,
      table(
        ['', 'empty', 'idle', 'workers restarted'],
        [
          ...memory,
          ['our database, MB', ...[empty, idle, after_restart].map(({ ours_mb }) => figure(ours_mb))],
          ["the engine's data, MB", ...[empty, idle, after_restart].map(({ engine_mb }) => figure(engine_mb))],
          row('woken', ({ woken }) => woken),
          row('waking p50, ms', ({ wake_ms }) => wake_ms.p50),
          row('waking p95, ms', ({ wake_ms }) => wake_ms.p95),
          row('waking p99, ms', ({ wake_ms }) => wake_ms.p99),
        ],
      ),
    ),
    '',
  ].join('\n')
}
