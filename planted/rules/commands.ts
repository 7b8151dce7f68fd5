// Rules 3, 4 and 7: the lock, recorded outcomes, and closing.
import { definePlant, type Plant } from '../types.ts'

export const COMMANDS: readonly Plant[] = [
  definePlant({
    name: 'no-row-lock',
    about: 'A transaction reads the conversation without locking it.',
    file: 'src/kernel/conversation-row.ts',
    find: '      .forUpdate()\n',
    replace: '',
  }),
  definePlant({
    name: 'seq-not-kept',
    about: 'The number of the last event is not written back.',
    file: 'src/kernel/conversation-row.ts',
    find: '.set({ ...patch, last_seq: row.last_seq, wake_at: wakeAt, updated_at: scope.now })',
    replace: '.set({ ...patch, wake_at: wakeAt, updated_at: scope.now })',
  }),
  definePlant({
    name: 'commands-not-recorded',
    about: 'A repeated command is carried out again.',
    file: 'src/kernel/commands.ts',
    find: 'if (command.id === undefined) return\n',
    replace: 'if (command.id !== undefined) return\n',
  }),
  definePlant({
    name: 'repeat-reopens',
    about: 'A repeated message reopens a closed conversation before it is looked up.',
    file: 'src/kernel/accept-message.ts',
    find: 'const known = await knownMessage(scope, message, key)',
    replace:
      "if (scope.row.status === 'closed') scope.change({ status: 'open', closed_at: null })\n    const known = await knownMessage(scope, message, key)",
  }),
  definePlant({
    name: 'anybody-writes',
    about: 'A customer may write into the conversation of another.',
    file: 'src/kernel/accept-message.ts',
    find: 'if (scope.row.customer_id !== customer.id) return null',
    replace: '',
  }),
  definePlant({
    name: 'closes-over-writes',
    about: 'Closing looks at accepted messages only.',
    file: 'src/kernel/waits.ts',
    find: 'return !accepted && !unfinished',
    replace: 'return !accepted',
  }),
  definePlant({
    name: 'closes-over-a-turn',
    about: 'Closing does not ask whether a turn is open.',
    file: 'src/kernel/waits.ts',
    find: 'if (scope.row.open_turn !== null) return false',
    replace: '',
  }),
  definePlant({
    name: 'closing-keeps-the-floor',
    about: 'Closing resolves the handoff but leaves the floor with people.',
    file: 'src/kernel/close-conversation.ts',
    find: "    controlled_by: 'ai',\n",
    replace: '',
  }),
  definePlant({
    name: 'close-request-outlives-message',
    about: 'A new message does not cancel a close request.',
    file: 'src/kernel/accept-message.ts',
    find: 'close_requested_by: null, ',
    replace: '',
  }),
]
