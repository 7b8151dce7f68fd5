import { definePlant } from '../types.ts'

export const replyWithoutFloor = definePlant({
  name: 'reply-without-floor',
  about: 'The AI speaks and writes in a turn that has ended or lost its floor (rule 5, P5).',
  file: 'src/domain/floor.ts',
  find: "return turn.state === 'open' && turn.floor === now.floor && now.controlledBy === 'ai'",
  replace: 'return true',
})
