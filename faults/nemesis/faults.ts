// The list of faults. A new one is one entry here.
import {
  backEndBusy,
  backEndError,
  backEndMalformed,
  backEndSlow,
  backEndStall,
  dropAfterEffect,
  modelBusy,
  modelError,
  modelMalformed,
  modelSlow,
  modelStall,
} from './back-ends.ts'
import { exactPointFaults, pointFaults } from './fault-points.ts'
import type { Fault } from './ground.ts'
import { lineCut, lineDelay, lineDrip, lineHalfOpen } from './lines.ts'
import { postgresCrash, postgresCut } from './postgres.ts'
import { allWorkersKill, apiFreeze, apiKill, workerFreeze, workerKill } from './processes.ts'
import { redisFlush, redisFreeze, redisStop } from './redis.ts'
import { temporalFreeze, temporalKill, temporalRestart } from './temporal.ts'

/** Those that a run chooses from. */
export const FAULTS: readonly Fault[] = [
  workerKill,
  allWorkersKill,
  workerFreeze,
  apiKill,
  apiFreeze,
  temporalKill,
  temporalFreeze,
  temporalRestart,
  postgresCut,
  postgresCrash,
  redisStop,
  redisFlush,
  redisFreeze,
  lineCut,
  lineDelay,
  lineHalfOpen,
  lineDrip,
  backEndError,
  backEndBusy,
  backEndStall,
  backEndMalformed,
  backEndSlow,
  dropAfterEffect,
  modelError,
  modelBusy,
  modelStall,
  modelMalformed,
  modelSlow,
  ...pointFaults,
]

/** Those of these names, also such as only a run with a purpose asks for. */
export const faultsNamed = (kinds: readonly string[]): readonly Fault[] =>
  [...FAULTS, ...exactPointFaults].filter(({ kind }) => kinds.includes(kind))
