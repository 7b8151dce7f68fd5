// Rule 11, approvals, switched off in one place after the other.
import { definePlant, type Plant } from '../types.ts'

export const APPROVALS: readonly Plant[] = [
  definePlant({
    name: 'digest-not-checked',
    about: 'A decision counts whatever the person saw.',
    file: 'src/domain/approval.ts',
    find: 'if (asked.digest !== approval.digest) {',
    replace: "if (asked.digest === '') {",
  }),
  definePlant({
    name: 'one-is-enough',
    about: 'Where two people are needed, the first one approves alone.',
    file: 'src/domain/approval.ts',
    find: 'const complete = approvals.length + 1 >= people',
    replace: 'const complete = true',
  }),
  definePlant({
    name: 'consent-not-asked',
    about: 'A write that needs a person is made without one.',
    file: 'src/kernel/ask-first.ts',
    find: "if (consent.kind === 'allow') return",
    replace: "if (consent.kind !== 'wanted') return",
  }),
  definePlant({
    name: 'runs-before-approved',
    about: 'A refused write is taken up as if it had been approved.',
    file: 'src/kernel/approval-turn.ts',
    find: "approval.state === 'approved' ? await intend(scope, approval) : approval",
    replace: 'await intend(scope, approval)',
  }),
  definePlant({
    name: 'approvals-never-expire',
    about: 'What nobody decides on waits for ever.',
    file: 'src/kernel/take-next.ts',
    find: "if (due(waits.expiry)) await expireApprovals(scope, 'due')",
    replace: '',
  }),
  definePlant({
    name: 'decisions-not-taken-up',
    about: 'A decided approval has no place in what a conversation waits for.',
    file: 'src/kernel/waits.ts',
    find: 'approvalExpiry: earliest(waits.expiry, waits.decided)',
    replace: 'approvalExpiry: earliest(waits.expiry)',
  }),
  definePlant({
    name: 'outcome-not-told',
    about: 'A settled approval counts as told, though nobody said anything.',
    file: 'src/kernel/settle-approval.ts',
    find: '.set({ state, told_at: null, next_try_at: null })',
    replace: '.set({ state, told_at: scope.now, next_try_at: null })',
  }),
]
