// The capacity of a run's figures, for people and for docs/capacity.md.
import { capacity, costOfTurn, PEAK, SHARE_USED } from './capacity.ts'
import { describe } from './report.ts'
import type { Results } from './results.ts'
import { figure, section, table } from './table.ts'

const DAYS = [100_000, 10_000_000]

export function capacityReport(results: Results): string {
  const needs = DAYS.map((messages) => capacity(results, messages))
  const cost = costOfTurn(results.cells)
  const [first] = needs
  const parts = Object.keys(first?.processors ?? {})
  const row = (name: string, of: (need: (typeof needs)[number]) => string) => [name, ...needs.map(of)]
  return [
    `\n${describe(results.machine)}, Temporal: ${results.engine}`,
    section(
      'Needs',
      table(
        ['messages a day', ...needs.map(({ messages_per_day }) => figure(messages_per_day, 0))],
        [
          row('turns a second, mean', ({ turns_per_s }) => figure(turns_per_s.mean, 2)),
          row(`turns a second, peak (${PEAK}x)`, ({ turns_per_s }) => figure(turns_per_s.peak, 2)),
          ...parts.map((part) =>
            row(`processors, ${part} (${figure(cost[part])} ms a turn)`, ({ processors }) =>
              figure(processors[part], 2),
            ),
          ),
          row('worker processes', ({ processes }) => figure(processes.worker, 0)),
          row('API processes', ({ processes }) => figure(processes.api, 0)),
          row('our database, GB a day', ({ ours_gb_per_day }) => figure(ours_gb_per_day, 2)),
          row("the engine's data, GB a day", ({ engine_gb_per_day }) => figure(engine_gb_per_day, 2)),
        ],
      ),
    ),
    `\n  processors = peak turns a second x ms a turn / 1,000 / ${SHARE_USED}\n`,
  ].join('\n')
}
