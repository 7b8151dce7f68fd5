// Rule 10, the effect ledger, switched off in one place after the other.
import { definePlant, type Plant } from '../types.ts'

export const EFFECTS: readonly Plant[] = [
  definePlant({
    name: 'anybody-sends-again',
    about: 'Every attempt that finds a write in `sent` sends it again, also to a back end that does not deduplicate.',
    file: 'src/domain/effects.ts',
    find: 'const mayResend = state.deduplicates && !state.floorMoved',
    replace: 'const mayResend = true',
  }),
  definePlant({
    name: 'resend-whatever-the-floor',
    about: 'A write is sent again by its key although a person has taken over.',
    file: 'src/kernel/move-effect.ts',
    find: "const floorMoved = effect.authority === 'turn' && effect.floor !== row.floor",
    replace: 'const floorMoved = false',
  }),
  definePlant({
    name: 'resend-without-lease',
    about: 'An attempt that was allowed to send again may do so however long it slept.',
    file: 'src/domain/effects.ts',
    find: "return state.now <= state.allowedAt + state.sendLease ? 'send' : 'too_late'",
    replace: "return !state.movedByThisAttempt || state.now <= state.allowedAt + state.sendLease ? 'send' : 'too_late'",
  }),
  definePlant({
    name: 'send-without-lease',
    about: 'The attempt that moved a write to `sent` may make the first send however late it is.',
    file: 'src/domain/effects.ts',
    find: "return state.now <= state.allowedAt + state.sendLease ? 'send' : 'too_late'",
    replace: "return 'send'",
  }),
  definePlant({
    name: 'unknown-before-the-lease',
    about: 'A look-up that finds nothing concludes at once, while the first send may still be on its way.',
    file: 'src/domain/effects.ts',
    find: "now > allowedAt + sendLease ? 'unknown' : 'look_again'",
    replace: "'unknown'",
  }),
  definePlant({
    name: 'sent-not-swept',
    about: 'Nobody looks after a write in `sent` whose turn has ended.',
    file: 'src/kernel/take-next.ts',
    find: "        where('state', '=', 'sent'),\n",
    replace: '',
  }),
  definePlant({
    name: 'settling-goes-stale',
    about: 'A write is settled only while its turn is open.',
    file: 'src/kernel/move-effect.ts',
    find: 'if (isEnded(effect.state) && !late) return effect',
    replace:
      'if (isEnded(effect.state) && !late) return effect\n    if (effect.turn !== null && effect.turn !== row.open_turn) return effect',
  }),
  definePlant({
    name: 'late-proof-ignored',
    about: 'Once unknown, a write stays so, whatever its sender hears afterwards.',
    file: 'src/kernel/move-effect.ts',
    find: "request.state === 'settled' && (effect.state === 'unknown' || isRuledOut(effect))",
    replace: 'false',
  }),
  definePlant({
    name: 'no-business-key',
    about: 'Two conversations may make the same change at once.',
    file: 'src/activities/run-write.ts',
    find: 'businessKey: tool.businessKey?.(parsed) ?? null',
    replace: 'businessKey: null',
  }),
  definePlant({
    name: 'refused-by-any-error',
    about: 'Whatever goes wrong while sending counts as a refusal of the business.',
    file: 'src/activities/drive-effect.ts',
    find: "error instanceof OutsideError && error.type === 'BackendError.Refused'",
    replace: 'error instanceof OutsideError',
  }),
]
