// The tables of `--soak`, for people.
import { describe } from './report.ts'
import type { Soak } from './soak.ts'
import { figure, section, table } from './table.ts'

export function soakReport({ machine, engine, minutes, ...soak }: Soak): string {
  const rows = minutes.map((minute) => [
    `${minute.minute}. ${minute.fault}`,
    ...[minute.sent, minute.lost, minute.failed, minute.handed_off, minute.doubled, minute.p95_ms].map((value) =>
      figure(value, 0),
    ),
    minute.good ? 'good' : 'bad',
  ])
  const memory = Object.entries(soak.memory_mb).map(([part, value]) => [
    part,
    figure(value, 0),
    figure(soak.memory_mb_per_hour[part]),
  ])
  return [
    `\n${describe(machine)}, Temporal: ${engine}`,
    section(
      `${soak.good_minutes} of ${minutes.length} minutes good: ${soak.messages_per_s} messages a second, p95 within ${soak.p95_bound_ms} ms`,
      table(['minute', 'sent', 'lost', 'failed', 'to a person', 'doubled', 'p95 ms', ''], rows),
    ),
    section('Memory', table(['', 'MB at the end', 'MB more an hour'], memory)),
    '',
  ].join('\n')
}
