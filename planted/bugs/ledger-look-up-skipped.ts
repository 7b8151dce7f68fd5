import { definePlant } from '../types.ts'

export const ledgerLookUpSkipped = definePlant({
  name: 'ledger-look-up-skipped',
  about: 'A repeated attempt of a write does not ask the ledger what became of the first (rule 10, P3).',
  provokedBy:
    'customers who cancel orders, and an attempt that ends between effect and acknowledgement: drop-after-effect of orders, or a worker killed at the fault point after-effect',
  file: 'src/activities/run-write.ts',
  find: 'if (existing) return existing',
  replace: '',
})
