import { definePlant } from '../types.ts'

export const approvalIgnored = definePlant({
  name: 'approval-ignored',
  about: 'A write that waits for people counts as approved as soon as it is asked for (rule 11).',
  provokedBy: 'customers who ask for refunds that need one person or two; no fault',
  file: 'src/kernel/request-approval.ts',
  find: 'needed_people: wish.needed.people,',
  replace: "needed_people: wish.needed.people, state: 'approved', decided_at: now,",
})
