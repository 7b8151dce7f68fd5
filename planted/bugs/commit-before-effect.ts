import { definePlant } from '../types.ts'

export const commitBeforeEffect = definePlant({
  name: 'commit-before-effect',
  about: 'A write is marked settled before the back end was asked to do it (rule 10, P3).',
  provokedBy: 'any write; a back end that fails, or a worker killed at the fault point before-effect, makes it last',
  file: 'src/activities/drive-effect.ts',
  find: 'const result = await perform(deps, sending, tool, what)',
  replace: `if (what === 'send') await end(deps, ref, effect, { outcome: 'ok', data: { outcome: 'ok' } })
  const result = await perform(deps, sending, tool, what)`,
})
