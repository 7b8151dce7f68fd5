import { definePlant } from '../types.ts'

export const signalWithoutRow = definePlant({
  name: 'signal-without-row',
  about: 'A third of the messages is accepted and rung for, and the transaction with their row never commits (P1).',
  provokedBy: 'any conversation of several messages; no fault',
  file: 'src/kernel/accept-message.ts',
  find: `    return { conversation: scope.row, message: stored, repeated: false, sooner: handoff !== null }
  })
`,
  replace: `    unwritten = { conversation: scope.row, message: stored, repeated: false }
    if (stored.seq % 3 === 0) throw new Error('never committed')
    return unwritten
  }).catch((error) => {
    if (error instanceof Error && error.message === 'never committed') return unwritten
    throw error
  })
  var unwritten
`,
})
