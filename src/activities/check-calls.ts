// What the model asked for, held against what its specialist may do. Names and arguments of a model are untrusted:
// looked up in Maps, parsed by the tool's own schema; what does not fit goes back to the model as an error it can mend [A8].
import { SIGN_IN_FIRST } from '../domain/guests.ts'
import type { HandoffReason } from '../domain/escalation.ts'
import type { JsonObject } from '../domain/json.ts'
import type { CheckedCall } from '../kernel/commit-tool-calls.ts'
import { digestOf } from '../kernel/ids.ts'
import type { ToolCall } from '../ports/llm.ts'
import { isPublic, type Specialist } from '../desks/types.ts'
import type { WorkingDesk } from './deps.ts'
import { ESCALATE, MODEL_REASONS, MORE_TOOLS, TRANSFER } from './offered-tools.ts'

/** A wish to escalate beats everything else the model asked for in the same breath. */
export function escalationIn(calls: readonly ToolCall[]): HandoffReason | null {
  const call = calls.find(({ tool }) => tool === ESCALATE)
  if (!call) return null
  return MODEL_REASONS.find((reason) => reason === call.input['reason']) ?? 'person_requested'
}

export function checkCalls(
  working: WorkingDesk,
  specialist: Specialist | null,
  calls: readonly ToolCall[],
  guest: boolean,
): CheckedCall[] {
  const most = working.desk.policy.turn.toolCallsPerReply
  const transferTo = calls.find(({ tool }) => tool === TRANSFER)
  return calls.map((call, index): CheckedCall => {
    const { tool: name, input } = call
    const invalid = (error: string, details: JsonObject = {}): CheckedCall => ({
      tool: name.slice(0, 64),
      input,
      run: false,
      outcome: 'invalid',
      answer: { error, ...details },
    })
    if (call.problem) return invalid('arguments_not_json', { problem: call.problem.slice(0, 200) })
    if (index >= most) return invalid('too_many_calls', { most })
    if (call === transferTo) {
      const to = typeof input['to'] === 'string' ? input['to'] : ''
      if (!working.specialists.has(to))
        return invalid('unknown_colleague', { colleagues: [...working.specialists.keys()] })
      return { tool: name, input, run: false, outcome: 'transfer', to }
    }
    if (name === MORE_TOOLS)
      return { tool: name, input, run: false, outcome: 'ok', answer: { offered: 'all your tools' } }
    // Whoever transfers has said that the question is not theirs: the colleague asks for itself.
    if (transferTo) return { tool: name, input, run: false, outcome: 'refused', answer: { error: 'transferred' } }
    const tool = working.tools.get(name)
    if (!specialist?.tools.includes(name) || !tool)
      return invalid('unknown_tool', { available: specialist?.tools ?? [] })
    if (guest && !isPublic(tool)) return { tool: name, input, run: false, outcome: 'refused', answer: SIGN_IN_FIRST }
    const parsed = tool.input.safeParse(input)
    if (!parsed.success) {
      const problems = parsed.error.issues
        .slice(0, 5)
        .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
      return invalid('bad_arguments', { problems })
    }
    const quick = tool.effect === 'read' && tool.quick === true
    return { tool: name, input, run: true, effect: tool.effect, quick, digest: digestOf(input).slice(0, 8) }
  })
}
