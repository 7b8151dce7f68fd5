// Aligned columns for people.
import { styleText } from 'node:util'

/** Rows under their heads: the first column to the left, the others to the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => (column === 0 ? (cells[0] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width)))
      .join('  ')
      .trimEnd()
  return [styleText('dim', line(heads)), ...rows.map(line)].map((each) => `  ${each}`).join('\n')
}

/** A title over lines. */
export const section = (title: string, body: string): string => `\n${styleText('bold', title)}\n${body}`

/** A number with so many digits; `-` when there is none. */
export function figure(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-'
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
