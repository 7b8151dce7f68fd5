// What a check of the audit log comes to, in a few lines for people.
import type { AuditCheck, BrokenChain } from '../../src/kernel/verify-audit.ts'

const PROBLEMS: Record<BrokenChain['problem'], string> = {
  missing: 'a row is missing here',
  changed: 'the row is not what it was when it was chained',
  out_of_chain: 'the row does not follow the one before it',
  end_missing: 'the end of the log was cut off from here',
  head_changed: 'the end of the chain is not what was written down as its head',
  anchor_differs: 'the chain does not go through the given anchor: it was written anew',
}

export function verdict({ rows, head, unchained, broken }: AuditCheck): string {
  const waiting = unchained === 0 ? [] : [`${unchained} without a place in the chain yet.`]
  if (broken) {
    const row = broken.id === null ? '' : `, row ${broken.id}`
    return [
      `BROKEN at position ${broken.position}${row}: ${PROBLEMS[broken.problem]}.`,
      `${rows} before it hold.`,
      ...waiting,
    ].join('\n')
  }
  return [
    `The audit log holds: ${rows} rows in one chain.`,
    `Its head is ${head.position}:${head.hash}`,
    'Note the head elsewhere: with --anchor a later check also finds an end that was cut off together with its head.',
    ...waiting,
  ].join('\n')
}
