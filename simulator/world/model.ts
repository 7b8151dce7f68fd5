// The language model: asks for tools, replies, wants a person, or fails, as chance has it.
import { OutsideError } from '../../src/domain/errors.ts'
import type { LanguageModel, ModelRequest, ToolCall } from '../../src/ports/llm.ts'
import { pick, type Random } from '../random.ts'
import { pause } from './actors.ts'
import { CALLABLE } from './desk.ts'

/** Every call costs the same: this many tokens at a dollar for a million. */
const TOKENS = 10_000

export function createModel(options: {
  random: Random
  faults: () => boolean
  /** Told of every prompt before it leaves. */
  asked: (request: ModelRequest) => void
  orders: readonly string[]
}): LanguageModel {
  const { random, faults, asked, orders } = options
  let last: ToolCall | null = null
  const call = (): ToolCall => {
    // Models ask for the same again; what is identical is what must not happen twice.
    if (last === null || random() < 0.6) last = newCall()
    return { ...last }
  }
  const newCall = (): ToolCall => ({
    id: 'call',
    tool: pick(CALLABLE, random()) ?? 'keyed',
    input: { order: pick(orders, random()) ?? '1', amount: random() < 0.8 ? 1 : 2 },
  })
  return {
    async complete(request) {
      asked(request)
      await pause()
      const luck = random()
      const what = random()
      const answer = {
        text: '',
        toolCalls: [] as ToolCall[],
        model: request.model,
        inputTokens: TOKENS,
        outputTokens: 0,
      }
      if (faults() && luck < 0.1) throw new OutsideError('ModelError.Unavailable', 'model', 'away')
      if (faults() && luck < 0.12) throw new OutsideError('ModelError.Refused', 'model', 'refused')
      if (what < 0.08) return { ...answer, toolCalls: [{ id: 'call', tool: 'escalate', input: { reason: 'policy' } }] }
      if (what < 0.6) {
        const first = call()
        const more = random()
        // The same call twice in one breath is one write.
        return {
          ...answer,
          toolCalls:
            more < 0.15
              ? [first, { ...first }]
              : more < 0.35
                ? [first, call()]
                : more < 0.4
                  ? [first, call(), call()]
                  : [first],
        }
      }
      return { ...answer, text: 'Here is an answer.' }
    },
  }
}
