// What the demo company decides as data; a changed rule gets a new version.
import { DEFAULT_POLICY } from '../../domain/policy.ts'
import type { DeskPolicy } from '../../domain/policy.ts'
import type { OpeningHours } from '../../domain/opening-hours.ts'

const dollars = (amount: number): number => amount * 100

const workday = [{ from: '08:00', to: '20:00' }]

/** As customers read it in knowledge/opening-hours.md. */
export const hours: OpeningHours = {
  timeZone: 'America/New_York',
  week: { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday, sat: [{ from: '09:00', to: '17:00' }] },
  closedOn: ['01-01', '07-04', '12-25', '2026-11-26', '2027-11-25', '2028-11-23'],
}

export const policy: DeskPolicy = {
  ...DEFAULT_POLICY,
  version: 'electronics-store-2026-11-30',
  people: { ...DEFAULT_POLICY.people, hours, teams: ['billing', 'technical', 'complaints'] },
  approvals: {
    freeUpTo: { refund: { cents: dollars(50) }, credit: { cents: dollars(50) } },
    dailyCents: dollars(500),
    askWhenTainted: true,
    steps: [
      { upTo: dollars(200), role: 'agent', people: 1 },
      { upTo: dollars(1000), role: 'supervisor', people: 1 },
      { upTo: null, role: 'supervisor', people: 2 },
    ],
    expiresAfter: 24 * 60 * 60_000,
  },
}
