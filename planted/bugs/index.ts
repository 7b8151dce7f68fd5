// The twelve bugs that the fault rig must catch, each in a short run of its own (test/faults/planted.parts.test.ts).
import type { Plant } from '../types.ts'
import { approvalIgnored } from './approval-ignored.ts'
import { capIgnored } from './cap-ignored.ts'
import { commitBeforeEffect } from './commit-before-effect.ts'
import { customersSwapped } from './customers-swapped.ts'
import { deduplicationDropped } from './deduplication-dropped.ts'
import { floorCheckSkipped } from './floor-check-skipped.ts'
import { ledgerLookUpSkipped } from './ledger-look-up-skipped.ts'
import { relayOff } from './relay-off.ts'
import { resumeOffByOne } from './resume-off-by-one.ts'
import { signalWithoutRow } from './signal-without-row.ts'
import { unknownWriteRetried } from './unknown-write-retried.ts'
import { wrongDigestAccepted } from './wrong-digest-accepted.ts'

export const BUGS: readonly Plant[] = [
  deduplicationDropped,
  floorCheckSkipped,
  ledgerLookUpSkipped,
  customersSwapped,
  commitBeforeEffect,
  signalWithoutRow,
  resumeOffByOne,
  unknownWriteRetried,
  capIgnored,
  relayOff,
  approvalIgnored,
  wrongDigestAccepted,
]
