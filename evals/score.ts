// From results to figures. Pure: the same results always give the same figures.
import { DEFAULT_POLICY } from '../src/domain/policy.ts'
import { LABELS } from './utterances.ts'
import type { Label } from './utterances.ts'
import type { Outcome, RowResult } from './row-result.ts'

/** A part of a whole; `share` is null when the whole is empty. */
export interface Share {
  count: number
  of: number
  share: number | null
}

/** Routing of the rows of one intent, or of all. */
export interface RoutingFigures {
  rows: number
  /** Routed to the row's intent. */
  strict: Share
  /** Routed to the row's intent, or to another that is right too. */
  lenient: Share
  /** Decided by rules, without asking a model. */
  by_rules: Share
  /** The router's model was unsure, so the customer was asked what it is about instead of being answered. */
  asked_back: Share
  handed_off: Share
}

/** All figures of a run. */
export interface Figures {
  rows: number
  outcomes: Record<Outcome, number>
  doubled: number
  routing: { overall: RoutingFigures; intents: Partial<Record<Label, RoutingFigures>> }
  rules: { coverage: Share; strict: Share; lenient: Share }
  /** Of the rows that ask for a person: routed to escalation, or handed off. */
  escalation_recall: Share
  /**
   * Rows that carry no request: for how many a tool started, and for how many a tool wrote something. Handing one over is
   * wrong too, but its ticket is what every handoff makes, so it is counted apart.
   */
  none: { rows: number; with_tool: number; with_write: number; handed_off: number }
  writes: { tool: number; handoff: number }
  /** Milliseconds; null when nothing was answered. */
  latency: { p50: number | null; p95: number | null }
  cost_usd: { total: number; mean: number | null }
  /** Model calls of the whole run by the sandbox's ledger; null without a sandbox. */
  model_calls: { total: number; mean: number | null } | null
}

/** Below it a route of the model is not followed; the desk that is evaluated keeps the default. */
const SURE = DEFAULT_POLICY.confidence

/** Counts everything. `modelCalls` is that of the whole run, since a model call does not name its conversation. */
export function score(results: RowResult[], modelCalls: number | null): Figures {
  const byRules = results.filter(({ route }) => route?.by === 'rules')
  const wantPerson = results.filter(({ intent }) => intent === 'escalation')
  const noRequest = results.filter(({ intent }) => intent === 'none')
  const latencies = results.flatMap(({ latency_ms }) => latency_ms ?? [])
  const cost = results.reduce((sum, { cost_usd }) => sum + cost_usd, 0)
  const writes = results.flatMap((result) => result.writes)
  const answered = (outcome: Outcome) => count(results, (result) => result.outcome === outcome)
  return {
    rows: results.length,
    outcomes: {
      answered: answered('answered'),
      handed_off: answered('handed_off'),
      failed: answered('failed'),
      lost: answered('lost'),
      refused: answered('refused'),
    },
    doubled: count(results, ({ doubled }) => doubled.length > 0),
    routing: { overall: routing(results), intents: byIntent(results) },
    rules: {
      coverage: share(byRules.length, results.length),
      strict: share(count(byRules, isStrict), byRules.length),
      lenient: share(count(byRules, isLenient), byRules.length),
    },
    escalation_recall: share(
      count(wantPerson, ({ route, handed_off }) => handed_off || route?.intent === 'escalation'),
      wantPerson.length,
    ),
    none: {
      rows: noRequest.length,
      with_tool: count(noRequest, ({ tools }) => tools.length > 0),
      with_write: count(noRequest, ({ writes }) => writes.some((write) => write.of === 'tool')),
      handed_off: count(noRequest, ({ handed_off }) => handed_off),
    },
    writes: { tool: count(writes, (write) => write.of === 'tool'), handoff: count(writes, (w) => w.of === 'handoff') },
    latency: { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) },
    cost_usd: { total: cost, mean: mean(cost, results.length) },
    model_calls: modelCalls === null ? null : { total: modelCalls, mean: mean(modelCalls, results.length) },
  }
}

/** The smallest value that at least this part of all values does not exceed; null when there are none. */
export function percentile(values: number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null
}

function byIntent(results: RowResult[]): Partial<Record<Label, RoutingFigures>> {
  const present = LABELS.map((intent) => [intent, results.filter((result) => result.intent === intent)] as const)
  return Object.fromEntries(present.flatMap(([intent, rows]) => (rows.length > 0 ? [[intent, routing(rows)]] : [])))
}

function routing(results: RowResult[]): RoutingFigures {
  const of = results.length
  return {
    rows: of,
    strict: share(count(results, isStrict), of),
    lenient: share(count(results, isLenient), of),
    by_rules: share(
      count(results, ({ route }) => route?.by === 'rules'),
      of,
    ),
    asked_back: share(
      count(results, ({ route }) => route?.by === 'model' && route.confidence < SURE),
      of,
    ),
    handed_off: share(
      count(results, ({ handed_off }) => handed_off),
      of,
    ),
  }
}

const isStrict = ({ route, intent }: RowResult): boolean => route?.intent === intent
const isLenient = ({ route, intent, also_accept }: RowResult): boolean =>
  route !== undefined && [intent, ...also_accept].some((right) => right === route.intent)
const count = <T>(all: T[], which: (each: T) => boolean): number => all.filter(which).length
const share = (part: number, of: number): Share => ({ count: part, of, share: mean(part, of) })
const mean = (sum: number, of: number): number | null => (of === 0 ? null : sum / of)
