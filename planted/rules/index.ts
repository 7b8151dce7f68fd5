// Rules of docs/architecture.md, each switched off in one place: the simulator must notice every one of them.
import type { Plant } from '../types.ts'
import { APPROVALS } from './approvals.ts'
import { COMMANDS } from './commands.ts'
import { EFFECTS } from './effects.ts'
import { FLOOR } from './floor.ts'
import { HANDOFFS } from './handoffs.ts'
import { replyWithoutFloor } from './reply-without-floor.ts'
import { TURNS } from './turns.ts'

export const RULES: readonly Plant[] = [
  replyWithoutFloor,
  ...FLOOR,
  ...EFFECTS,
  ...COMMANDS,
  ...TURNS,
  ...HANDOFFS,
  ...APPROVALS,
]
