// The deadlines of handoffs, switched off in one place after the other [H4].
import { definePlant, type Plant } from '../types.ts'

export const HANDOFFS: readonly Plant[] = [
  definePlant({
    name: 'handoff-expires',
    about: 'A handoff that nobody claimed in time just ends.',
    file: 'src/kernel/take-next.ts',
    find: 'await missDeadline(scope)',
    replace:
      "await scope.trx.updateTable('handoffs').set({ state: 'resolved' }).where('conversation_id', '=', scope.row.id).execute()",
  }),
  definePlant({
    name: 'claimed-is-settled',
    about: 'Once somebody has claimed a handoff, nothing wakes the conversation for it any more.',
    file: 'src/kernel/waits.ts',
    find: "and state in ('offered', 'seen', 'claimed', 'answered')",
    replace: "and state in ('offered', 'seen')",
  }),
  definePlant({
    name: 'seen-is-settled',
    about: 'A handoff that somebody has opened waits for ever to be claimed.',
    file: 'src/kernel/waits.ts',
    find: "and state in ('offered', 'seen', 'claimed', 'answered')",
    replace: "and state in ('offered', 'claimed', 'answered')",
  }),
  definePlant({
    name: 'later-words-without-deadline',
    about: 'A message to a person who has answered before may wait for ever.',
    file: 'src/kernel/accept-message.ts',
    find: 'if (handoff) await restartClock(scope, handoff)',
    replace: '',
  }),
  definePlant({
    name: 'silent-person-keeps-it',
    about: 'Whoever claimed a conversation and says nothing is reminded, and keeps it.',
    file: 'src/domain/handoff.ts',
    find: "claimed: { waiting: ['remind', 'release']",
    replace: "claimed: { waiting: ['remind']",
  }),
  definePlant({
    name: 'missed-deadline-is-silent',
    about: 'Nobody outside is told of a missed deadline.',
    file: 'src/kernel/miss-deadline.ts',
    find: 'await notifyOfHandoff(scope, acts.notice, changed, step)',
    replace: '',
  }),
]
