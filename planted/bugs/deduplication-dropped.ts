import { definePlant } from '../types.ts'

export const deduplicationDropped = definePlant({
  name: 'deduplication-dropped',
  about: 'The same message id again is stored and answered as a new message (P2).',
  provokedBy: 'customers who send an id again, at once or later; no fault',
  file: 'src/kernel/accept-message.ts',
  find: 'if (known) return { conversation: scope.row, message: known, repeated: true }',
  replace: `if (known) {
      const entry = { clientKey: null, isFirst: false, status: scope.row.controlled_by === 'human' ? 'handed_off' : 'accepted' }
      const again = await enterMessage(scope, { ...message, id: undefined }, entry)
      return { conversation: scope.row, message: again, repeated: false }
    }`,
})
