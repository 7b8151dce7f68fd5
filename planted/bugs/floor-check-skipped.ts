import { definePlant } from '../types.ts'

export const floorCheckSkipped = definePlant({
  name: 'floor-check-skipped',
  about: 'A turn speaks and acts on although it has ended or a person has the floor (rule 5, P5).',
  provokedBy: 'people who take over while a model call runs, and a model slow enough to finish afterwards; no fault',
  file: 'src/kernel/open-turn.ts',
  find: 'return turn && mayCommitReply(turn, now) ? turn : null',
  replace: 'return turn && (mayCommitReply(turn, now) || true) ? turn : null',
})
