// What `npm start` prints when everything is ready.
import type { Addresses } from './addresses.ts'
import type { DemoPerson } from './demo-sign-ins.ts'

/** What there is to show. */
export type Welcome = {
  addresses: Addresses
  /** Ready-made sign-ins; empty when the issuer is not ours. */
  signIns: (DemoPerson & { token: string })[]
  /** Path of the log file. */
  log: string
}

/** One table of URLs, the sign-ins, and the first thing to try. */
export function welcome({ addresses, signIns, log }: Welcome): string {
  const rows: [string, string | undefined][] = [
    ['API and web', addresses.api],
    ['Console', `${addresses.api}/console`],
    ['Chat', `${addresses.api}/chat`],
    ['API reference', `${addresses.api}/docs`],
    ['Sandbox', addresses.sandbox],
    ['Sign-in issuer', addresses.issuer],
    ['Temporal Web UI', addresses.temporal_ui],
    ['Temporal', addresses.temporal],
    ['Worker metrics', addresses.worker_metrics],
    ['Log', log],
  ]
  const table = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(16)} ${value}`]))
  const tokens = signIns.flatMap(({ role, sub, token }) => [`  ${role} ${sub}`, `    ${token}`])
  return [
    '',
    'everdesk is ready.',
    '',
    ...table,
    ...(tokens.length === 0
      ? []
      : ['', 'Demo sign-ins (bearer tokens; `npm run --silent token` makes more):', ...tokens]),
    '',
    'Talk to it: npm run chat        Stop everything: Ctrl-C',
    '',
  ].join('\n')
}
