import { definePlant } from '../types.ts'

export const resumeOffByOne = definePlant({
  name: 'resume-off-by-one',
  about: 'A client that comes back with Last-Event-ID misses the next event (P4).',
  provokedBy: 'streams that break while events come; no fault needed, an API killed helps',
  file: 'src/api/routes/events.ts',
  find: 'if (SEQ.test(given)) return Number(given)',
  replace: 'if (SEQ.test(given)) return Number(given) + (header === undefined || header === "" ? 0 : 1)',
})
