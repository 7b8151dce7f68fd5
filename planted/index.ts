// Every bug that can be planted, one file each. The simulator and the fault rig must catch them.
import { BUGS } from './bugs/index.ts'
import { RULES } from './rules/index.ts'
import type { Plant } from './types.ts'

export const PLANTS: readonly Plant[] = [...RULES, ...BUGS]

/** Names of those that break a rule the simulator knows. */
export const SIMULATED: readonly string[] = RULES.map(({ name }) => name)
