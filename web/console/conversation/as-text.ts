/** Data of a tool as text; `wide` over several lines. Never markup. */
export function asText(value: unknown, wide = false): string {
  if (value === null || value === undefined) return wide ? 'nothing came back' : ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, wide ? 2 : undefined)
}
