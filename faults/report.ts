// The figures of a run, as the command prints and writes them.
import type { Violation } from './checker/violation.ts'
import type { FaultRecord, History } from './history.ts'

/** What is told of a broken promise. */
type Told = Pick<Violation, 'kind' | 'explanation'>

/** What `--json` writes. */
export interface Report {
  seed: number
  operations: number
  faults: { planned: number; hit: number }
  /** Count by kind; kinds without any are absent. */
  violations: Record<string, number>
  /** Share of the operations whose outcome their client never learned, 0..1. */
  unknown: number
  /** By kind of fault, milliseconds from the heal until all work in flight when it struck was settled. */
  recovery_ms: Record<string, { p50: number; p95: number; max: number }>
  /** No violation, and at least 90 % of the faults reached work in flight. */
  ok: boolean
}

/** Below this share of faults that reached work in flight a run says nothing. */
const HITS_NEEDED = 0.9

export function reportOn(history: History, planned: number, violations: readonly Told[]): Report {
  const { seed, operations, faults } = history
  const hit = faults.filter((fault) => fault.hit).length
  const unknown = operations.filter(({ outcome }) => outcome === 'unknown').length
  return {
    seed,
    operations: operations.length,
    faults: { planned, hit },
    violations: Object.fromEntries(
      [...Map.groupBy(violations, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
    ),
    unknown: operations.length === 0 ? 0 : Math.round((unknown / operations.length) * 10_000) / 10_000,
    recovery_ms: recoveries(faults),
    ok: violations.length === 0 && counts({ planned, hit }),
  }
}

/** Enough faults reached work in flight for the run to say anything. */
export function counts({ planned, hit }: Report['faults']): boolean {
  return hit >= planned * HITS_NEEDED
}

function recoveries(faults: readonly FaultRecord[]): Report['recovery_ms'] {
  const byKind = Map.groupBy(
    faults.filter(({ recovery, hit }) => recovery !== null && hit),
    ({ kind }) => kind,
  )
  const entries = [...byKind].map(([kind, all]) => {
    const sorted = all.map(({ recovery }) => recovery ?? 0).toSorted((a, b) => a - b)
    return [kind, { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: quantile(sorted, 1) }] as const
  })
  return Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)))
}

/** The smallest value that at least this share of the sorted list does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

const SHOWN = 3

/** The report for people. */
export function tell(report: Report, violations: readonly Told[]): string {
  const { seed, operations, faults, unknown, recovery_ms: recovery } = report
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`.padStart(9)
  const lines = [
    `seed ${seed}: ${operations} operations, ${(unknown * 100).toFixed(1)} % of them with an unknown outcome`,
    `faults that reached work in flight: ${faults.hit} of ${faults.planned}`,
    '',
    `${'recovery after'.padEnd(26)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'max'.padStart(9)}`,
    ...Object.entries(recovery).map(
      ([kind, { p50, p95, max }]) => `${kind.padEnd(26)}${seconds(p50)}${seconds(p95)}${seconds(max)}`,
    ),
    '',
  ]
  for (const [kind, all] of Map.groupBy(violations, (violation) => violation.kind)) {
    lines.push(`VIOLATED ${all.length} times: ${kind}`)
    for (const { explanation } of all.slice(0, SHOWN)) lines.push(`  ${explanation}`)
  }
  if (violations.length === 0) lines.push('No promise was broken.')
  if (!counts(faults)) lines.push('Fewer than 90 % of the faults reached work in flight: this run does not count.')
  return lines.join('\n')
}
