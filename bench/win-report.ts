// The tables of `--win`, for people.
import { styleText } from 'node:util'
import { describe } from './report.ts'
import { figure, section, table } from './table.ts'
import { verdicts, type Win } from './win.ts'

export function winReport(win: Win): string {
  const { machine, engine, question, first_token, recovery } = win
  const side = (name: string, { last_word_ms, tokens, model_calls }: Win['question']['ours']) => [
    name,
    figure(last_word_ms, 0),
    figure(tokens, 0),
    figure(model_calls, 0),
  ]
  return [
    `\n${describe(machine)}, Temporal: ${engine}`,
    section(
      `One question, model ${question.latency_ms} ms a call, medians of ${question.questions}`,
      table(
        ['', 'last word, ms', 'tokens', 'model calls'],
        [side('everdesk', question.ours), side('three calls in a row', question.usual)],
      ),
    ),
    section(
      'First token, added by the platform, ms',
      table(
        ['conversations', 'each asks every', 'messages', 'p50', 'p95', 'p99'],
        first_token.map(({ conversations, think, messages, added_ms: { p50, p95, p99 } }) => [
          figure(conversations, 0),
          `${think / 1000} s`,
          figure(messages, 0),
          ...[p50, p95, p99].map((value) => figure(value, 0)),
        ]),
      ),
    ),
    section(
      'kill -9 of the worker in a model call',
      `  beyond the repeated call: ${recovery.beyond_call_ms.map((value) => `${value} ms`).join(', ')}`,
    ),
    section(
      'Targets',
      verdicts(win)
        .map(
          ([what, seen, holds]) =>
            `  ${holds ? styleText('green', 'holds ') : styleText('red', 'missed')}  ${what}: ${seen}`,
        )
        .join('\n'),
    ),
    '',
  ].join('\n')
}
