// How often the engine tries, from the table the workflow itself uses.
import { LOCAL, REGULAR } from '../../src/workflows/activity-options.ts'
import type { TaskName } from './engine.ts'

const OPTIONS: Record<TaskName, { retry: { maximumAttempts: number } }> = {
  takeNext: LOCAL.takeNext,
  failTurn: LOCAL.failTurn,
  operatorCommand: LOCAL.operatorCommand,
  classify: REGULAR.classify,
  answer: REGULAR.answer,
  runRead: REGULAR.runRead,
  runWrite: REGULAR.runWrite,
  settleEffect: REGULAR.settleEffect,
  summarise: REGULAR.summarise,
}

export const mostAttempts = (name: TaskName): number => OPTIONS[name].retry.maximumAttempts
