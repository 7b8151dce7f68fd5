// Rules 4 and 6 and the limits: steps, deadlines, waking.
import { definePlant, type Plant } from '../types.ts'

export const TURNS: readonly Plant[] = [
  definePlant({
    name: 'wake-not-recomputed',
    about: 'Transactions leave wake_at as it was.',
    file: 'src/kernel/conversation-row.ts',
    find: 'const wakeAt = await wakeTime(scope)',
    replace: 'const wakeAt = row.wake_at',
  }),
  definePlant({
    name: 'wake-forgets-writes',
    about: 'A write to settle has no place in wake_at.',
    file: 'src/domain/wake.ts',
    find: 'waits.approvalExpiry, waits.effectRetry, waits.handoffDeadline',
    replace: 'waits.approvalExpiry, waits.handoffDeadline',
  }),
  definePlant({
    name: 'relay-forgets-messages',
    about: 'The relay never rings a conversation that would begin a turn.',
    file: 'src/kernel/lease-overdue.ts',
    find: 'const beginning = await lease(sql`${overdue} and ${beginsTurn}`, Math.min(request.slots, left))',
    replace: 'const beginning: Overdue[] = []',
  }),
  definePlant({
    name: 'relay-forgets-open-turns',
    about: 'The relay does not notice that nobody works on an open turn any more.',
    file: 'src/kernel/lease-overdue.ts',
    find: 'const silentTurns = await lease(forgotten, request.most)',
    replace: 'const silentTurns: Overdue[] = []',
  }),
  definePlant({
    name: 'foreseen-not-held-against-the-row',
    about: 'A turn is taken early whatever has happened since it was foreseen.',
    file: 'src/kernel/take-messages.ts',
    find: 'if (row.last_seq !== seen.lastSeq || row.updated_at.getTime() !== seen.updatedAt) return null',
    replace: '',
  }),
  definePlant({
    name: 'deadline-ignored',
    about: 'An open turn is handed out again however late it is.',
    file: 'src/kernel/take-next.ts',
    find: 'if (open && scope.now <= open.deadline_at) {',
    replace: 'if (open) {',
  }),
  definePlant({
    name: 'failed-turn-is-silent',
    about: 'A turn that fails ends without a person being offered the conversation.',
    file: 'src/kernel/fail-turn.ts',
    find: "await offerHandoff(scope, { reason, text: 'failure_note', turnState: 'failed', messageStatus: 'failed' })",
    replace:
      "const { endTurn } = await import('./pass-floor.ts')\n  await endTurn(scope, scope.row.open_turn ?? 0, 'failed', reason)",
  }),
  definePlant({
    name: 'steps-not-looked-up',
    about: 'A repeated attempt does not look whether its round is stored.',
    file: 'src/kernel/commit-tool-calls.ts',
    find: "if (!inserted) return { kind: 'stored', calls: await storedCalls(scope, turn.number, key) }",
    replace: '',
  }),
  definePlant({
    name: 'rounds-without-end',
    about: 'A turn may have as many rounds as the model likes.',
    file: 'src/domain/escalation.ts',
    find: "if (counts.round > limits.rounds) return 'too_many_steps'",
    replace: '',
  }),
  definePlant({
    name: 'calls-without-end',
    about: 'A reply may ask for as many tools as it likes.',
    file: 'src/activities/check-calls.ts',
    find: 'if (index >= most) ',
    replace: 'if (index >= most + 100) ',
  }),
  definePlant({
    name: 'budget-ignored',
    about: 'A conversation may cost what it likes.',
    file: 'src/domain/escalation.ts',
    find: "if (counts.costUsd >= limits.budgetUsd) return 'budget'",
    replace: '',
  }),
]
