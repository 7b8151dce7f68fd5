import { definePlant } from '../types.ts'

export const wrongDigestAccepted = definePlant({
  name: 'wrong-digest-accepted',
  about: 'A decision counts for what is asked for now, whatever its person saw (rule 11).',
  provokedBy: 'people who send another digest than the one that they were shown; no fault',
  file: 'src/kernel/decide-approval.ts',
  find: '{ decision, digest: request.digest },',
  replace: '{ decision, digest: approval.digest },',
})
