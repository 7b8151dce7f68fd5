// One quiet line for each tool that ran. A customer sees its name and what came of it, never its arguments.
const READS = /^(get|list|look_up|search|find|check)_/

const OUTCOMES: Record<string, (tool: string) => string> = {
  ok: (tool) => (READS.test(tool) ? `looked up ${tool}` : `done: ${tool}`),
  invalid: (tool) => `${tool} was asked for in a way it does not understand`,
  refused: (tool) => `${tool} was refused`,
  failed: (tool) => `${tool} did not work`,
  unknown: (tool) => `${tool}: not known yet whether it happened`,
  needs_approval: (tool) => `${tool} waits for a person's decision`,
}

/** `looked up get_order_status`. */
export function toolLine(tool: string, outcome: string): string {
  if (tool === 'transfer') return 'passed on to another specialist'
  const say = Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome] : undefined
  return say?.(tool) ?? `${tool}: ${outcome}`
}
