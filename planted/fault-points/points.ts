// The list of fault points. A new one is one entry here.
import { type FaultPoint, POINT } from './types.ts'

/** `find` stays where it is, with the point right before it. */
const before = (point: Omit<FaultPoint, 'replace'>): FaultPoint => ({
  ...point,
  replace: `${POINT(point.name)}\n  ${point.find}`,
})

export const FAULT_POINTS: readonly FaultPoint[] = [
  before({
    name: 'after-intention',
    about: 'A write is intended in the ledger and not yet marked as sent.',
    file: 'src/activities/run-write.ts',
    find: 'const ended = await driveEffect(deps, { ...input, effect: begun.id })',
  }),
  before({
    name: 'before-effect',
    about: 'A write is marked as sent, and the back end has not been asked.',
    file: 'src/activities/drive-effect.ts',
    find: "if (what === 'too_late') throw new OutsideError(",
  }),
  before({
    name: 'after-effect',
    about: 'The back end has done the write, and the store does not know.',
    file: 'src/activities/drive-effect.ts',
    find: 'if (result) return end(deps, ref, effect, result)',
  }),
  before({
    name: 'after-commit',
    about: 'A message is committed; neither its bell was rung nor its client answered.',
    file: 'src/kernel/accept-message.ts',
    find: "if (!accepted) throw new Refusal('not_found', 'There is no such conversation.')",
  }),
  before({
    name: 'after-early-ask',
    about: 'A model was asked for a turn that is foreseen, and nobody has taken the turn.',
    file: 'src/activities/early-turns.ts',
    find: 'const taken = await takeMessages(kernel, { conversationId, seen, ahead })',
  }),
  before({
    name: 'after-early-take',
    about: 'A turn is taken, its run has not asked for it, and its model call is known to nobody but this process.',
    file: 'src/activities/early-turns.ts',
    find: 'if (taken) heads.begin(',
  }),
  before({
    name: 'before-reply-commit',
    about: 'A reply is written, and its transaction has not begun.',
    file: 'src/kernel/commit-reply.ts',
    find: 'const outcome = await inConversation(kernel, request.conversationId, async (scope) => {',
  }),
  before({
    name: 'after-reply-commit',
    about: 'A reply is committed, and nobody was told.',
    file: 'src/kernel/commit-reply.ts',
    find: "if (!outcome || !row) return { kind: 'stale' }",
  }),
  before({
    name: 'before-acknowledgement',
    about: 'An activity is done, and Temporal does not know.',
    file: 'src/activities/interceptor.ts',
    find: "log.debug({ activity: activityType, attempt, ms: Math.round(performance.now() - started) }, 'activity done')",
  }),
]
