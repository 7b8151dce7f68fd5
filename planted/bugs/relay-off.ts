import { definePlant } from '../types.ts'

export const relayOff = definePlant({
  name: 'relay-off',
  about: 'Nobody rings for conversations whose bell was lost (rule 6, P1, P7).',
  provokedBy:
    'an API killed at the fault point after-commit, and a customer who does not send again; or Temporal away for longer than an API rings',
  file: 'src/relay/relay.ts',
  find: 'const overdue = await leaseOverdue(kernel, { grace: GRACE, silence: SILENCE, most, slots })',
  replace: 'const overdue = []',
})
