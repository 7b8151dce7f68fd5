// The activities by name, bound to what they work with.
import { failTurn } from '../kernel/fail-turn.ts'
import type { Ahead } from './ahead.ts'
import { answer } from './answer.ts'
import { classify } from './classify.ts'
import type { ActivityDeps } from './deps.ts'
import { operatorCommand } from './operator-command.ts'
import { runRead } from './run-read.ts'
import { runWrite } from './run-write.ts'
import { settleEffect } from './settle-effect.ts'
import { summarise } from './summarise.ts'
import { takeNext } from './take-next.ts'
import type { Activities } from './types.ts'

export function createActivities(deps: ActivityDeps, ahead: Ahead): Activities {
  return {
    takeNext: (input) => takeNext(deps, ahead, input),
    classify: (input) => classify(deps, input),
    answer: (input) => answer(deps, ahead.heads, input),
    runRead: (input) => runRead(deps, input),
    runWrite: (input) => runWrite(deps, input),
    settleEffect: (input) => settleEffect(deps, input),
    failTurn: async (input) => ({ outcome: await failTurn(deps.kernel, input) }),
    summarise: (input) => summarise(deps, input),
    operatorCommand: (input) => operatorCommand(deps, input),
  }
}
