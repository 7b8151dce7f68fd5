// The table at the end of a run, for people.
import { styleText } from 'node:util'
import { mustHold } from './must-hold.ts'
import { duration, number } from './progress.ts'
import type { Figures, RoutingFigures, Share } from './score.ts'

/** What the figures belong to. */
export interface RunLabel {
  file: string
  concurrency: number
  /** Milliseconds. */
  took: number
  /** Rows that an interrupt kept from being sent, or cut off. */
  unfinished: number
}

/** All figures as aligned lines. Styled; strip it for plain text (styleText does so itself when output is piped). */
export function report(figures: Figures, label: RunLabel): string {
  const unfinished = label.unfinished > 0 ? `, ${number(label.unfinished)} not finished (interrupted)` : ''
  const title = `${number(figures.rows)} first messages of ${label.file}, ${label.concurrency} at a time, in ${duration(label.took)}${unfinished}`
  return [
    '',
    title,
    section('Outcome', outcomeLines(figures)),
    section('Routing', routingLines(figures)),
    section('Rules', rulesLines(figures)),
    section('Tools and writes', effectLines(figures)),
    section('Time and cost', costLines(figures)),
    section('Must hold', promiseLines(figures)),
    '',
  ].join('\n')
}

const LABEL = 34
const section = (name: string, lines: string[]): string =>
  ['', styleText('bold', name), ...lines.map((line) => `  ${line}`)].join('\n')
const line = (name: string, value: string): string => `${name.padEnd(LABEL)}${value}`
const counted = (value: number): string => number(value).padStart(7)

function outcomeLines({ outcomes, doubled, rows }: Figures): string[] {
  const part = (value: number) => counted(value) + percent(value, rows).padStart(9)
  return [
    line('answered', part(outcomes.answered)),
    line('handed off', part(outcomes.handed_off)),
    line('failed, a person was told', part(outcomes.failed)),
    line('lost', part(outcomes.lost)),
    line('refused', part(outcomes.refused)),
    line('doubled', part(doubled)),
  ]
}

const COLUMN = 15

function routingLines({ routing, escalation_recall }: Figures): string[] {
  const heads = ['strict', 'lenient', 'by rules', 'asked back', 'handed off']
    .map((head) => head.padStart(COLUMN))
    .join('')
  const row = (name: string, { rows, strict, lenient, by_rules, asked_back, handed_off }: RoutingFigures) =>
    name.padEnd(14) +
    counted(rows) +
    [strict, lenient, by_rules, asked_back, handed_off].map((each) => cell(each)).join('')
  return [
    styleText('dim', `${'intent'.padEnd(14)}${'rows'.padStart(7)}${heads}`),
    ...Object.entries(routing.intents).map(([intent, figures]) => row(intent, figures)),
    row('all', routing.overall),
    line('escalation recall', shared(escalation_recall)),
  ]
}

function rulesLines({ rules }: Figures): string[] {
  return [
    line('coverage (decided without a model)', shared(rules.coverage)),
    line('precision, strict', shared(rules.strict)),
    line('precision, lenient', shared(rules.lenient)),
  ]
}

function effectLines({ none, writes }: Figures): string[] {
  return [
    line('writes by tools', counted(writes.tool)),
    line('tickets of handoffs', counted(writes.handoff)),
    line('rows without a request', counted(none.rows)),
    line('  for which a tool started', counted(none.with_tool)),
    line('  for which a tool wrote', counted(none.with_write)),
    line('  that were handed off', counted(none.handed_off)),
  ]
}

function costLines({ latency, cost_usd, model_calls }: Figures): string[] {
  const seconds = (value: number | null) => (value === null ? 'none' : `${(value / 1_000).toFixed(2)} s`).padStart(9)
  const calls = model_calls === null ? 'no sandbox to ask' : (model_calls.mean?.toFixed(2) ?? 'none').padStart(7)
  return [
    line('to the last word, p50', seconds(latency.p50)),
    line('to the last word, p95', seconds(latency.p95)),
    line('cost, all', `$${cost_usd.total.toFixed(4)}`.padStart(9)),
    line('cost, a conversation', cost_usd.mean === null ? 'none' : `$${cost_usd.mean.toFixed(6)}`.padStart(9)),
    line('model calls, a conversation', calls),
  ]
}

function promiseLines(figures: Figures): string[] {
  return mustHold(figures).map(({ what, broken }) => {
    const verdict = broken === 0 ? styleText('green', 'holds') : styleText('red', `broken: ${number(broken)}`)
    return `${what.padEnd(LABEL + 7)}  ${verdict}`
  })
}

const cell = (share: Share): string => shared(share).trimStart().padStart(COLUMN)
const shared = ({ count, of }: Share): string => counted(count) + percent(count, of).padStart(9)
const percent = (count: number, of: number): string => (of === 0 ? '' : `${((100 * count) / of).toFixed(1)} %`)
