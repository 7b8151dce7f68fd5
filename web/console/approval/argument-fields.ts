// The arguments of a write as fields that a person can edit, and back. Money is edited as an amount and sent as integer cents.

export type ArgumentField = { name: string; label: string; kind: 'text' | 'number' | 'money' | 'flag'; value: string }

/** Of what is neither text, number nor flag there is no field; it stays as it is. */
export function fieldsOf(given: Record<string, unknown>): ArgumentField[] {
  return Object.entries(given).flatMap(([name, value]): ArgumentField[] => {
    const label = name.replace(/_cents$/, '').replaceAll('_', ' ')
    if (typeof value === 'number' && name.endsWith('_cents')) {
      return [{ name, label, kind: 'money', value: (value / 100).toFixed(2) }]
    }
    if (typeof value === 'number') return [{ name, label, kind: 'number', value: `${value}` }]
    if (typeof value === 'boolean') return [{ name, label, kind: 'flag', value: `${value}` }]
    return typeof value === 'string' ? [{ name, label, kind: 'text', value }] : []
  })
}

/** The arguments with what was typed; undefined when a number is none. */
export function argumentsOf(
  given: Record<string, unknown>,
  fields: readonly ArgumentField[],
): Record<string, unknown> | undefined {
  const edited = fields.map(({ name, kind, value }) => [name, valueOf(kind, value)] as const)
  if (edited.some(([, value]) => value === undefined)) return undefined
  return { ...given, ...Object.fromEntries(edited) }
}

function valueOf(kind: ArgumentField['kind'], typed: string): unknown {
  if (kind === 'text') return typed
  if (kind === 'flag') return typed === 'true'
  if (kind === 'money') return /^\d+(\.\d{1,2})?$/.test(typed.trim()) ? Math.round(Number(typed) * 100) : undefined
  return typed.trim() !== '' && Number.isFinite(Number(typed)) ? Number(typed) : undefined
}

/** Names of the arguments that differ. */
export function changedArguments(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}
